import { clientUrl, scriptTag } from '../../server/src/overview/script-tag';

const requestOrigin = 'https://admin.example.com';

describe('address of client.js', () => {
  it.each([
    ['', '/api', 'https://admin.example.com/api/privacy-desk/client.js'],
    ['/cms', '/api', 'https://admin.example.com/cms/api/privacy-desk/client.js'],
    ['https://cms.example.com', '/api', 'https://cms.example.com/api/privacy-desk/client.js'],
    ['https://example.com/cms/', '/v1/rest/', 'https://example.com/cms/v1/rest/privacy-desk/client.js'],
    ['', '', 'https://admin.example.com/privacy-desk/client.js'],
  ])('with server.url "%s" and REST prefix "%s"', (serverUrl, apiPrefix, url) => {
    expect(clientUrl({ serverUrl, apiPrefix, requestOrigin })).toBe(url);
  });
});

it('escapes what is put into the script tag', () => {
  expect(scriptTag('stub();\n', 'https://a/client.js', 'a"><b', 'en')).toBe(
    '<script>stub();</script>\n<script src="https://a/client.js?site=a%22%3E%3Cb&locale=en"></script>',
  );
});
