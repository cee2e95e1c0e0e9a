import { inSpan } from '@/lib/tracing'
import type { Prepared, PreparedEmail, PrepareEmails } from './prepare-emails'
import type { Buffered } from './select-sendable'

export type PrefetchBuffer = {
  /** Up to `size` emails, in the order in which they should leave; empty when nothing is due. */
  take(size: number): Promise<PreparedEmail[]>
  /** True when emails are buffered, or the last look found or put off any, so that another may find more. */
  mayHaveMore(): boolean
  /** Drops what is buffered; it stays planned, and the next look finds it as it is stored then. */
  discard(): void
  /** Waits for a look under way, and throws what it met; what is buffered stays planned. */
  close(): Promise<void>
}

const bytesOf = (emails: readonly PreparedEmail[]) => emails.reduce((sum, { bytes }) => sum + bytes, 0)

/**
 * Buffer of prepared emails, so that the connections never wait for the database: it looks for up to `ahead` of them
 * whenever it has fewer, evenly, while batches are claimed. It holds `mostBytes` and one email at the most. A buffered email is not claimed, and the claim decides
 * again whether it may leave.
 */
export function createPrefetchBuffer(
  prepareEmails: PrepareEmails,
  {
    ahead,
    mostBytes,
    onPrepared,
  }: { ahead: number; mostBytes: number; onPrepared: (prepared: Prepared) => Promise<void> },
): PrefetchBuffer {
  const ready: PreparedEmail[] = []
  let taken: PreparedEmail[] = []
  let lastLookFoundAny = true
  let failure: unknown
  let filling: Promise<void> | null = null

  const buffered: Buffered = () => [...taken, ...ready].map(({ email }) => email)

  async function fill(): Promise<void> {
    try {
      const prepare = () => prepareEmails(ahead, buffered, mostBytes - bytesOf(ready))
      const prepared = await inSpan('prepare emails', () => ({ most: ahead }), prepare)
      ready.push(...prepared.ready)
      lastLookFoundAny = prepared.mayHaveMore
      await onPrepared(prepared)
    } catch (error) {
      failure = error
    } finally {
      filling = null
    }
  }

  return {
    async take(size) {
      // Those taken before are claimed or given back by now.
      taken = []
      if (ready.length < size) await filling
      // A look that began before passed over what was taken then: only a fresh one can tell that nothing is due.
      if (ready.length === 0 && !failure) {
        filling = fill()
        await filling
      }
      if (failure) throw failure
      taken = ready.splice(0, size)
      // Where the last look found nothing, another at once would find nothing either.
      if (lastLookFoundAny && ready.length < ahead && bytesOf(ready) < mostBytes) filling ??= fill()
      return taken
    },
    mayHaveMore: () => lastLookFoundAny || ready.length > 0,
    discard: () => {
      ready.length = 0
    },
    close: async () => {
      await filling
      if (failure) throw failure
    },
  }
}
