/* global window, document, MutationObserver */
// The physical limit: a gate by hand, without any interface. It reads the cookie and revives what was allowed.
(function () {
  var match = /(?:^|; )stub=([^;]*)/.exec(document.cookie);
  var allowed = match ? match[1].split('.') : [];
  function revive(script) {
    if (allowed.indexOf(script.getAttribute('data-gate')) < 0) return;
    var copy = document.createElement('script');
    copy.async = false;
    if (script.nonce) copy.nonce = script.nonce;
    if (script.dataset.src) copy.src = script.dataset.src;
    else copy.text = script.text;
    script.replaceWith(copy);
  }
  function run() {
    document.querySelectorAll('script[data-gate]').forEach(revive);
  }
  new MutationObserver(function (records) {
    records.forEach(function (record) {
      record.addedNodes.forEach(function (node) {
        if (node.nodeName === 'SCRIPT' && node.hasAttribute('data-gate')) revive(node);
      });
    });
  }).observe(document, { childList: true, subtree: true });
  window.accept = function () {
    allowed = ['STATISTICS', 'MARKETING'];
    document.cookie = 'stub=' + allowed.join('.') + '; Path=/; Max-Age=15552000; SameSite=Lax';
    setTimeout(run);
  };
  run();
})();
