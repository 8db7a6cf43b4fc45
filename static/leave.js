// Leave at once: a leave link, or Shift three times. Where pages close by themselves, typing puts that off.
(() => {
  const link = document.querySelector('a.leave');
  if (!link) return;
  for (const told of document.querySelectorAll('.keys')) told.hidden = false;
  const href = link.href;
  const blank = () => (document.documentElement.innerHTML = '<title>…</title>');
  const leave = () => location.replace(href, blank());
  let count, last, alone;
  const reset = () => (count = alone = 0);
  addEventListener('click', (e) => {
    const a = e.target.closest('a');
    if (a && a.href === href) leave(e.preventDefault());
  });
  addEventListener('mousedown', reset);
  addEventListener('keydown', (e) => {
    alone = e.key === 'Shift' && !(e.altKey || e.ctrlKey || e.metaKey);
    if (!alone) reset();
  });
  addEventListener('keyup', (e) => {
    if (!alone) return;
    count = e.timeStamp - last < 5e3 ? count + 1 : 1;
    last = e.timeStamp;
    alone = 0;
    if (count > 2) leave();
  });
  const { stay } = link.dataset;
  let idle, typed;
  if (stay) {
    addEventListener('input', () => {
      // The page came with an end of its own.
      if (!idle) stop();
      clearTimeout(idle);
      idle = setTimeout(leave, 3e5);
      typed = 1;
    });
    setInterval(() => {
      if (typed) fetch(stay).catch(() => 0);
      typed = 0;
    }, 2e4);
  }
  addEventListener('pageshow', (e) => {
    if (e.persisted && 'guard' in link.dataset) location.reload(blank());
  });
})();
