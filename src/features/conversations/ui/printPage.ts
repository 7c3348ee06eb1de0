/** ms; a page with many pictures takes its time */
const patience = 30_000

/** Prints a page of this server that is on no screen: in a frame of its own, in which nothing runs. */
export function printPage(address: string): Promise<void> {
  const frame = document.createElement('iframe')
  // allow-modals: the print dialog is one. Without allow-scripts nothing of the page runs.
  frame.setAttribute('sandbox', 'allow-same-origin allow-modals')
  frame.setAttribute('aria-hidden', 'true')
  frame.style.cssText = 'position:fixed;width:0;height:0;border:0;visibility:hidden'
  return new Promise<void>((resolve, reject) => {
    const timer = window.setTimeout(() => reject(new Error('late')), patience)
    frame.addEventListener('load', () => {
      window.clearTimeout(timer)
      const inside = frame.contentWindow
      if (!inside?.document.querySelector('header h1')) return reject(new Error('no page'))
      inside.focus()
      inside.print()
      resolve()
    })
    frame.src = address
    document.body.append(frame)
  }).finally(() => {
    // The browser may still be reading it when print() returns.
    window.setTimeout(() => frame.remove(), 60_000)
  })
}
