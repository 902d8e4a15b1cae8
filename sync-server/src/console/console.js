// What makes the console livelier; everything works without it. Keys, and word of what is new.
'use strict';

const rows = () => [...document.querySelectorAll('tbody tr a')];
const typing = (element) => element.matches('input, select, textarea');

// One row up or down; from nowhere, the first.
function step(by) {
  const all = rows();
  const at = all.findIndex((link) => link.closest('tr') === document.activeElement.closest('tr'));
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus();
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  const search = document.querySelector('input[name=q]');
  if (event.key === '/' && search) search.select();
  else if (event.key === 'j') step(1);
  else if (event.key === 'k') step(-1);
  else if (event.key === '?') document.getElementById('keys')?.showModal();
  else return;
  event.preventDefault();
});

// What came since the page was drawn is told above it and moves nothing on it. A page out of sight
// listens to nothing: a browser keeps few connections to one server.
const news = document.getElementById('news');
if (news) {
  let source;
  const listen = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(news.dataset.from);
    source.onmessage = (event) => {
      news.hidden = false;
      news.querySelector('a').textContent = event.data;
    };
  };
  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => source?.close());
  listen();
}

// A page of numbers is drawn anew when something was written, at the most every ten seconds, and every
// minute at least, for who is silent shows in time alone; not while somebody is marking text to copy.
const live = document.getElementById('live');
if (live) {
  let last = Date.now();
  let stale = false;
  let source;
  const listen = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(live.dataset.live);
    source.onmessage = () => { stale = true; };
  };
  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => source?.close());
  listen();
  setInterval(async () => {
    const since = Date.now() - last;
    if (document.hidden || since < (stale ? 10_000 : 60_000) || !getSelection().isCollapsed) return;
    [stale, last] = [false, Date.now()];
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById('live');
    if (!fresh) return;
    const open = [...live.querySelectorAll('details')].map((it) => it.open);
    live.replaceChildren(...fresh.childNodes);
    live.querySelectorAll('details').forEach((it, at) => { it.open = open[at] ?? it.open; });
    live.dataset.live = fresh.dataset.live;
    listen();
  }, 1_000);
}
