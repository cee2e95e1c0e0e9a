// The keyboard counts from the first key on: a field that takes the focus by itself is no person.
const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'wheel'] as const

const waiting = new Set<() => void>()
let seen = false

// Where a page opens under a resting pointer, the browser says by itself that it moved, by nothing.
const isOfBrowser = (event: Event) =>
  event instanceof PointerEvent && event.type === 'pointermove' && !event.movementX && !event.movementY

function begin(event: Event) {
  if (isOfBrowser(event)) return
  seen = true
  for (const sign of SIGNS) window.removeEventListener(sign, begin, { capture: true })
  for (const act of waiting) act()
  waiting.clear()
}

/**
 * Runs `act` once a person moves, touches or types anything on the page: before that nobody waits for it, and it would
 * only stand in the way of what is seen first. Never on the server.
 */
export function afterFirstSign(act: () => void) {
  if (typeof window === 'undefined') return
  if (seen) return void setTimeout(act)
  if (waiting.size === 0)
    for (const sign of SIGNS) window.addEventListener(sign, begin, { capture: true, passive: true })
  waiting.add(act)
}
