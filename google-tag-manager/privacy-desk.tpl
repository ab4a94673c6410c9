___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "Privacy Desk: Google Consent Mode",
  "categories": [
    "UTILITY",
    "TAG_MANAGEMENT"
  ],
  "brand": {
    "id": "brand_dummy",
    "displayName": "Privacy Desk"
  },
  "description": "Sets Google Consent Mode v2 from the visitor's decision in Privacy Desk: a denied default before any other tag, and an update for each decision.",
  "containerContexts": [
    "WEB"
  ]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "GROUP",
    "name": "mapping",
    "displayName": "What each consent type depends on",
    "groupStyle": "ZIPPY_OPEN",
    "subParams": [
      {
        "type": "TEXT",
        "name": "ad_storage",
        "displayName": "ad_storage: Storage for advertising",
        "simpleValueType": true,
        "defaultValue": "MARKETING",
        "help": "Keys of categories (MARKETING) and items (MARKETING/google-ads), separated by commas. The type is granted when all of them are allowed; empty: it stays denied."
      },
      {
        "type": "TEXT",
        "name": "ad_user_data",
        "displayName": "ad_user_data: Sending user data to Google for advertising",
        "simpleValueType": true,
        "defaultValue": "MARKETING",
        "help": "Keys of categories (MARKETING) and items (MARKETING/google-ads), separated by commas. The type is granted when all of them are allowed; empty: it stays denied."
      },
      {
        "type": "TEXT",
        "name": "ad_personalization",
        "displayName": "ad_personalization: Personalized advertising",
        "simpleValueType": true,
        "defaultValue": "MARKETING",
        "help": "Keys of categories (MARKETING) and items (MARKETING/google-ads), separated by commas. The type is granted when all of them are allowed; empty: it stays denied."
      },
      {
        "type": "TEXT",
        "name": "analytics_storage",
        "displayName": "analytics_storage: Storage for statistics",
        "simpleValueType": true,
        "defaultValue": "STATISTICS",
        "help": "Keys of categories (MARKETING) and items (MARKETING/google-ads), separated by commas. The type is granted when all of them are allowed; empty: it stays denied."
      },
      {
        "type": "TEXT",
        "name": "functionality_storage",
        "displayName": "functionality_storage: Storage for functions of the website",
        "simpleValueType": true,
        "defaultValue": "ESSENTIALS",
        "help": "Keys of categories (MARKETING) and items (MARKETING/google-ads), separated by commas. The type is granted when all of them are allowed; empty: it stays denied."
      },
      {
        "type": "TEXT",
        "name": "personalization_storage",
        "displayName": "personalization_storage: Storage for personalization",
        "simpleValueType": true,
        "defaultValue": "MARKETING",
        "help": "Keys of categories (MARKETING) and items (MARKETING/google-ads), separated by commas. The type is granted when all of them are allowed; empty: it stays denied."
      },
      {
        "type": "TEXT",
        "name": "security_storage",
        "displayName": "security_storage: Storage for security",
        "simpleValueType": true,
        "defaultValue": "ESSENTIALS",
        "help": "Keys of categories (MARKETING) and items (MARKETING/google-ads), separated by commas. The type is granted when all of them are allowed; empty: it stays denied."
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "options",
    "displayName": "Options",
    "groupStyle": "ZIPPY_CLOSED",
    "subParams": [
      {
        "type": "TEXT",
        "name": "wait_for_update",
        "displayName": "Wait for update",
        "simpleValueType": true,
        "valueUnit": "milliseconds",
        "help": "Only if Privacy Desk is loaded with async or defer: how long Google's tags wait for its answer.",
        "valueValidators": [
          {
            "type": "NON_NEGATIVE_NUMBER"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "region",
        "displayName": "Regions",
        "simpleValueType": true,
        "help": "ISO 3166-2 codes, separated by commas: the default holds only there, and elsewhere Google assumes consent. Empty: it holds everywhere."
      },
      {
        "type": "CHECKBOX",
        "name": "ads_data_redaction",
        "checkboxText": "Redact ads data while ad_storage is denied",
        "simpleValueType": true
      },
      {
        "type": "CHECKBOX",
        "name": "url_passthrough",
        "checkboxText": "Pass ad click information through URLs",
        "simpleValueType": true
      }
    ]
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const callInWindow = require('callInWindow');
const gtagSet = require('gtagSet');
const makeNumber = require('makeNumber');
const setDefaultConsentState = require('setDefaultConsentState');
const updateConsentState = require('updateConsentState');

const types = [
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
  'security_storage'
];

const listOf = (text) => (text || '').split(',').map((part) => part.trim()).filter((part) => part !== '');

const isGranted = (type) => {
  const keys = listOf(data[type]);
  return keys.length > 0 && keys.every((key) => callInWindow('privacyDesk.getPreference', key) === true);
};

// Without Privacy Desk on the page everything stays denied.
const settings = {};
types.forEach((type) => {
  settings[type] = 'denied';
});
if (data.wait_for_update) settings.wait_for_update = makeNumber(data.wait_for_update);
if (listOf(data.region).length > 0) settings.region = listOf(data.region);
setDefaultConsentState(settings);
if (data.ads_data_redaction) gtagSet('ads_data_redaction', true);
if (data.url_passthrough) gtagSet('url_passthrough', true);

const update = () => {
  const state = {};
  types.forEach((type) => {
    state[type] = isGranted(type) ? 'granted' : 'denied';
  });
  updateConsentState(state);
};

// What is always on, or on until the visitor objects; then, what was or will be decided.
if (types.some(isGranted)) update();
callInWindow('privacyDesk.onChange', update);

data.gtmOnSuccess();


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": {
        "publicId": "access_globals",
        "versionId": "1"
      },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "privacyDesk.getPreference"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "privacyDesk.onChange"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_consent",
        "versionId": "1"
      },
      "param": [
        {
          "key": "consentTypes",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "ad_storage"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "ad_user_data"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "ad_personalization"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "analytics_storage"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "functionality_storage"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "personalization_storage"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "security_storage"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "write_data_layer",
        "versionId": "1"
      },
      "param": [
        {
          "key": "keyPatterns",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 1,
                "string": "ads_data_redaction"
              },
              {
                "type": 1,
                "string": "url_passthrough"
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  }
]


___TESTS___

scenarios: []


___NOTES___

Part of Privacy Desk (strapi-plugin-privacy-desk), MIT licensed. How to use it: docs/signals.md.
