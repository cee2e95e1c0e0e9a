import { isRefusal, messageOf } from '@/trpc/react'
import type { Done, Outcome } from './bulk-acts'

// Each is a transaction of its own; so many at a time leave the server room for others.
const AT_ONCE = 4

/**
 * Asks for one act after another, a few at a time. What is refused is named with its reason, and the others go on; a failure on the way,
 * of which nobody knows what became, ends it, as `signal` does. `onDone`: how many have been asked.
 */
export async function runBulk<One extends { id: string; name: string }>(
  campaigns: readonly One[],
  act: (campaign: One) => Promise<{ copyId?: string } | undefined>,
  { signal, onDone }: { signal: AbortSignal; onDone: (asked: number) => void },
): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [], notAsked: 0 }
  let asked = 0
  let hasFailed = false
  const askOne = async (campaign: One): Promise<void> => {
    const { id, name } = campaign
    try {
      const did: Done = { id, name, ...(await act(campaign)) }
      outcome.done.push(did)
    } catch (error) {
      hasFailed ||= !isRefusal(error)
      outcome.refused.push({ name, why: messageOf(error) })
    }
    onDone(outcome.done.length + outcome.refused.length)
  }
  while (asked < campaigns.length && !hasFailed && !signal.aborted) {
    const some = campaigns.slice(asked, asked + AT_ONCE)
    asked += some.length
    await Promise.all(some.map(askOne))
  }
  return { ...outcome, notAsked: campaigns.length - asked }
}
