// Leave at once: a leave link, or Shift three times.
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
  addEventListener('pageshow', (e) => {
    if (e.persisted && 'guard' in link.dataset) location.reload(blank());
  });
})();
