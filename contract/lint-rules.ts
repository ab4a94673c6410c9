/**
 * `error`: unlawful as far as anybody can tell from here. `warning`: unlawful under circumstances that only the site knows,
 * or very likely not meant. `hint`: good practice.
 */
export type FindingSeverity = 'error' | 'warning' | 'hint';

/** A rule of the lint. `message` and `reason` are English; the admin panel translates them as `lint.<rule>.message` and `.reason`. */
export interface LintRule {
  severity: FindingSeverity;
  /** What is wrong and what to do; `{name}` is filled in from the finding's params. */
  message: string;
  /** Why it matters. */
  reason: string;
  /** Where the reason comes from. */
  source: string;
  /** Whether it reads words, so that it has to look at every language. */
  words?: true;
}

/**
 * The rules, in the order in which findings are told. Sources: the law and what authorities say of it,
 * as collected in the project's checklist. None of it is legal advice.
 */
export const lintRules = {
  'default-on': {
    severity: 'error',
    message: '“{category}” runs before visitors decide, also in {regions}. Set its mode or the regime there to opt-in.',
    reason:
      'Where the law asks first, nothing optional may be stored or read before the visitor agreed; silence and switches that are already on are no consent.',
    source: 'ePrivacy Directive Art. 5(3); GDPR Art. 4(11), Rec. 32; CJEU C-673/17 (Planet49)',
  },
  'default-on-anywhere': {
    severity: 'warning',
    message:
      '“{category}” runs before visitors decide, wherever they are. If any come from {regions}, set the regime to opt-in or by country.',
    reason:
      'Where the law asks first, nothing optional may be stored or read before the visitor agreed; silence and switches that are already on are no consent.',
    source: 'ePrivacy Directive Art. 5(3); GDPR Art. 4(11), Rec. 32; CJEU C-673/17 (Planet49)',
  },
  'uk-statistics': {
    severity: 'warning',
    message:
      '“{category}” runs in the UK until visitors object. Make sure that it only serves to improve your service, that visitors are told clearly, and that objecting is simple and free.',
    reason: 'Statistics for the service alone need no consent in the UK; whatever is shared beyond the provider does.',
    source: 'PECR reg. 6 and Sch. A1 as amended by the Data (Use and Access) Act 2025; ICO guidance of 29 April 2026',
  },
  'unknown-country': {
    severity: 'warning',
    message:
      'Visitors whose country is unknown get the regime {regime}, under which something optional runs at once. Choose opt-in.',
    reason: 'They may be anywhere, so also where the law asks first.',
    source: 'ePrivacy Directive Art. 5(3); GDPR Art. 25(2)',
  },
  'country-not-known': {
    severity: 'warning',
    message:
      'The site goes by country, but neither a header of a proxy nor a database tells this server where visitors are: everybody gets the regime for an unknown country, {regime}.',
    reason: 'The rules never apply unless an edge sets regime= in the address of the script.',
    source: 'plugin option geo, docs/regimes.md',
  },
  'required-by-name': {
    severity: 'error',
    message:
      '“{category}” is required, so visitors cannot refuse it, but its name says that it is not. Make it optional.',
    reason: 'Only what the service that the visitor asked for cannot do without needs no consent.',
    source: 'ePrivacy Directive Art. 5(3); WP29 Opinion 04/2012; EDPB Cookie Banner Taskforce, type I',
  },
  'tracker-in-required': {
    severity: 'error',
    message: '“{item}” cannot be refused, but {name} is known from {vendor}. Move it to an optional category.',
    reason: 'Statistics and advertising are not what the visitor asked for, so they are not strictly necessary.',
    source: 'ePrivacy Directive Art. 5(3); EDPB Cookie Banner Taskforce, type I; CJEU C-252/21 (Meta)',
  },
  'essential-unjustified': {
    severity: 'error',
    message: '“{item}” cannot be refused, and does not say why the website needs it. Describe it.',
    reason: 'Whoever claims that something is strictly necessary has to show it.',
    source: 'ePrivacy Directive Art. 5(3); GDPR Art. 5(2); EDPB Cookie Banner Taskforce, types I and J',
  },
  unclassified: {
    severity: 'warning',
    message: '{items} without a category: {names}. Visitors are asked about them without knowing what for.',
    reason: 'Consent is given for a purpose.',
    source: 'GDPR Art. 4(11), 6(1)(a), Rec. 32',
  },
  'in-two-categories': {
    severity: 'warning',
    message: '{name} is listed in {categories}. Decide where it belongs.',
    reason: 'Refused in one category and kept by the other, nobody can tell whether it is allowed.',
    source: 'GDPR Art. 4(11), 12(1)',
  },
  'item-without-purpose': {
    severity: 'error',
    message: '“{item}” does not say what it is used for. Describe it.',
    reason: 'Visitors have to know the purpose before they agree.',
    source: 'GDPR Art. 4(11), 13(1)(c); CJEU C-673/17 (Planet49)',
    words: true,
  },
  'item-without-provider': {
    severity: 'warning',
    message: '“{item}” does not say who receives the data. Name the provider, or your own organisation.',
    reason: 'Visitors have to know whether third parties get access.',
    source: 'GDPR Art. 13(1)(e); CJEU C-673/17 (Planet49), para. 80',
  },
  'provider-without-policy': {
    severity: 'hint',
    message: '“{item}” has no link to the privacy policy of {provider}.',
    reason: 'What the provider does with the data is told there.',
    source: 'GDPR Art. 13(1)(e), (f), 26(2)',
  },
  'item-without-storage': {
    severity: 'hint',
    message: '“{item}” lists nothing that it stores or reads. List it, if there is anything.',
    reason: 'What is not listed is neither told nor deleted after a withdrawal.',
    source: 'ePrivacy Directive Art. 5(3); EDPB Guidelines 2/2023',
  },
  'storage-without-lifetime': {
    severity: 'warning',
    message: '{name} of “{item}” does not say how long it is kept.',
    reason: 'The duration is part of what visitors have to know before they agree.',
    source: 'CJEU C-673/17 (Planet49), para. 79 to 81; GDPR Art. 13(2)(a)',
  },
  'storage-without-purpose': {
    severity: 'hint',
    message: '{name} of “{item}” does not say what it is for.',
    reason: 'The more exactly visitors know, the better they can decide.',
    source: 'GDPR Art. 12(1), 13(1)(c)',
    words: true,
  },
  'storage-kept-long': {
    severity: 'hint',
    message: '{name} of “{item}” is kept for {days} days, which is longer than 13 months.',
    reason: 'Trackers should not be kept for longer than their purpose needs; authorities go by 13 months.',
    source: 'GDPR Art. 5(1)(e); CNIL guidelines on cookies (17 September 2020), para. 50 ff.',
  },
  'category-without-purpose': {
    severity: 'error',
    message: '“{category}” does not say what visitors decide on. Describe it.',
    reason: 'Consent is given for a purpose that was told.',
    source: 'GDPR Art. 4(11), 6(1)(a), 13(1)(c)',
    words: true,
  },
  'category-empty': {
    severity: 'hint',
    message: 'Visitors are asked about “{category}”, but nothing belongs to it.',
    reason: 'Consent to nothing in particular is not specific, and cannot be used for what comes later.',
    source: 'GDPR Art. 4(11); EDPB Guidelines 05/2020, para. 55 ff.',
  },
  'policy-missing': {
    severity: 'error',
    message: 'There is no link to a privacy policy.',
    reason: 'The banner has to lead to the whole information: recipients, retention, rights.',
    source: 'GDPR Art. 12(1), 13',
  },
  'controller-missing': {
    severity: 'error',
    message: 'The site does not say who is responsible for it. Fill in the controller.',
    reason: 'Without knowing who asks, visitors cannot agree.',
    source: 'GDPR Art. 13(1)(a), Rec. 42',
  },
  'banner-without-controller': {
    severity: 'warning',
    message: 'The banner’s own text does not name {controller}, who asks. Add {placeholder}.',
    reason: 'Who asks has to be told on the first layer.',
    source: 'GDPR Rec. 42; EDPB Guidelines 05/2020, para. 64',
    words: true,
  },
  'banner-without-purposes': {
    severity: 'warning',
    message: 'The banner’s own text does not name the purposes. Add {placeholder}.',
    reason: 'What for has to be told on the first layer.',
    source: 'GDPR Rec. 42; EDPB Guidelines 05/2020, para. 64; CNIL recommendation of 17 September 2020',
    words: true,
  },
  'consent-presumed': {
    severity: 'error',
    message: 'A text says that going on, scrolling or closing means consent: “{words}”. It does not.',
    reason: 'Consent is an unambiguous act of its own.',
    source: 'GDPR Art. 4(11), Rec. 32; EDPB Guidelines 05/2020, para. 86 (example 16)',
    words: true,
  },
  'legitimate-interest': {
    severity: 'warning',
    message: 'A text relies on legitimate interest: “{words}”. It is no basis for storing or reading anything here.',
    reason: 'Access to the visitor’s device needs consent or strict necessity; there is no third way.',
    source: 'ePrivacy Directive Art. 5(3); EDPB Cookie Banner Taskforce, type H',
    words: true,
  },
  'reject-missing': {
    severity: 'error',
    message: 'The button to reject has no label.',
    reason: 'Rejecting must be possible on the same layer as accepting, by as many clicks.',
    source: 'GDPR Art. 7(3); EDPB Cookie Banner Taskforce, type A; CNIL recommendation of 17 September 2020',
    words: true,
  },
  'labels-equal': {
    severity: 'error',
    message: 'Two buttons of the banner are both called “{label}”.',
    reason: 'Visitors cannot tell what they choose.',
    source: 'GDPR Art. 4(11), 12(1); EDPB Guidelines 03/2022 (deceptive design)',
    words: true,
  },
  'accept-unclear': {
    severity: 'warning',
    message: 'The button to accept is called “{label}”, which does not say that one agrees to anything.',
    reason: 'Consent is unambiguous only if the visitor knows that it is given.',
    source: 'GDPR Art. 4(11); EDPB Guidelines 05/2020, para. 75 ff.; EDPB Guidelines 03/2022 (deceptive design)',
    words: true,
  },
  'reject-misleading': {
    severity: 'error',
    message: 'The button to reject is called “{label}”, which does not say that it rejects.',
    reason: 'Visitors must see that they can refuse, and how.',
    source: 'GDPR Art. 7(3); EDPB Cookie Banner Taskforce, types A and C; EDPB Guidelines 03/2022 (deceptive design)',
    words: true,
  },
  'reject-longwinded': {
    severity: 'hint',
    message: 'The button to reject has a label much longer than the one to accept: “{label}”.',
    reason: 'Refusing must be as easy to see and to understand as agreeing.',
    source: 'EDPB Cookie Banner Taskforce, types D and E',
    words: true,
  },
  'gpc-ignored': {
    severity: 'warning',
    message:
      '“{category}” does not honour Global Privacy Control. Switch it on, unless nothing of it is sold or shared.',
    reason:
      'Where visitors may object to the sale and sharing of their data, the signal of their browser is such an objection.',
    source: '11 CCR 7025(c); Cal. Civ. Code 1798.135; the laws of CO, CT, DE, MD, MN, MT, NE, NH, NJ, OR, TX',
  },
  'choice-kept-long': {
    severity: 'warning',
    message: 'Choices are kept for {days} days, which is longer than 13 months.',
    reason: 'Consent wears off; authorities recommend 6 months and accept up to 13, in some countries 24.',
    source: 'EDPB Guidelines 05/2020, para. 110 f.; CNIL recommendation of 17 September 2020',
  },
  'choice-kept-over-six-months': {
    severity: 'hint',
    message: 'Choices are kept for {days} days. The French authority recommends 6 months.',
    reason: 'Consent wears off; authorities recommend 6 months and accept up to 13, in some countries 24.',
    source: 'CNIL recommendation of 17 September 2020',
  },
  'choice-kept-short': {
    severity: 'hint',
    message: 'Choices are kept for {days} days only, so visitors who refused are soon asked again.',
    reason: 'Being asked again and again wears down a refusal; six months are good practice, and planned as the law.',
    source:
      'CNIL recommendation of 17 September 2020; proposal for a Digital Omnibus (COM(2025) 837), GDPR Art. 88a; EDPB Guidelines 03/2022',
  },
  'objection-forgotten': {
    severity: 'warning',
    message:
      'An objection is forgotten after {days} days, and “{categories}” runs again. Keep choices for 365 days or longer.',
    reason: 'Who has objected may not be asked to agree again for twelve months.',
    source: 'Cal. Civ. Code 1798.135(c)(4); 11 CCR 7028',
  },
  'language-incomplete': {
    severity: 'warning',
    message: '{missing} of {total} texts are not translated into {language}.',
    reason: 'Information that visitors do not understand is none.',
    source: 'GDPR Art. 12(1), Rec. 42; WP260 rev.01, para. 13',
  },
  'language-without-texts': {
    severity: 'warning',
    message: 'There are no built-in words for {language}: buttons and labels are in English.',
    reason: 'Information that visitors do not understand is none.',
    source: 'GDPR Art. 12(1), Rec. 42; WP260 rev.01, para. 13',
  },
  'consents-not-recorded': {
    severity: 'warning',
    message: 'Consents are not recorded.',
    reason: 'The controller has to be able to show that a visitor has agreed.',
    source: 'GDPR Art. 7(1), 5(2)',
  },
  'origins-missing': {
    severity: 'hint',
    message: 'The site does not say where it runs, so consents are accepted from any website. List its origins.',
    reason: 'Records that anybody can write prove less.',
    source: 'GDPR Art. 7(1), 32(1)(b)',
  },
  'cookie-domain': {
    severity: 'warning',
    message: 'The choice is to be shared on {domain}, but {origin} does not lie below it: there it is kept by itself.',
    reason: 'Visitors are asked again on each of the websites, and a withdrawal on one does not reach the others.',
    source: 'RFC 6265, section 5.1.3; GDPR Art. 7(3)',
  },
  'advanced-consent-mode': {
    severity: 'warning',
    message:
      'Google Consent Mode is in advanced mode: Google’s tags run before visitors decide, and send data of their devices. Choose basic mode and gate the tags.',
    reason:
      'Pings without cookies, too, read from the visitor’s device and tell Google of the visit, which authorities count as access that needs consent.',
    source: 'ePrivacy Directive Art. 5(3); EDPB Guidelines 2/2023, version 2.0',
  },
  'counted-without-consent': {
    severity: 'warning',
    message: '{vendor} is set to count visitors without cookies who have not agreed. Make sure that the law allows it.',
    reason:
      'Not storing anything does not make it free of consent: what a script reads from the device counts as access, and only some countries exempt one’s own statistics.',
    source:
      'ePrivacy Directive Art. 5(3); EDPB Guidelines 2/2023, version 2.0; CNIL guidelines (17 September 2020), para. 50',
  },
  'signal-always-granted': {
    severity: 'error',
    message:
      '{signal} only depends on what visitors cannot refuse, so it is granted to everybody. Map it to an optional category.',
    reason: 'Statistics and advertising are not what the visitor asked for, so they need a choice.',
    source: 'ePrivacy Directive Art. 5(3); EDPB Cookie Banner Taskforce, type I',
  },
} as const satisfies Record<string, LintRule>;

export type LintRuleId = keyof typeof lintRules;
export const lintRuleIds = Object.keys(lintRules) as LintRuleId[];
