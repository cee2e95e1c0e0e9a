import type { Clock } from '@/clock'

/**
 * A question that many may ask: it is asked once at a time, and its answer is everybody's who asks meanwhile or within `keptMs` of its
 * beginning, on the machine's clock.
 */
export function shareAnswer<Deps extends { clock: Pick<Clock, 'realNow'> }, Answer>(
  ask: (deps: Deps) => Promise<Answer>,
  keptMs: number,
): (deps: Deps) => Promise<Answer> {
  let last: { began: number; isOver: boolean; answer: Promise<Answer> } | undefined
  return (deps) => {
    const now = deps.clock.realNow().getTime()
    // A clock that was set back makes no answer last longer.
    if (last && (!last.isOver || (now >= last.began && now < last.began + keptMs))) return last.answer
    const asked = { began: now, isOver: false, answer: ask(deps) }
    const end = () => {
      asked.isOver = true
    }
    asked.answer.then(end, end)
    last = asked
    return asked.answer
  }
}
