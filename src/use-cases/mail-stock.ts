import type { InHand } from './choose-mail'
import type { Prepared } from './prepare-mail'
import type { PreparedMail } from './wave'

export type MailStock = {
  /** Up to `size` mails, in the order in which they should leave; empty when nothing is due. */
  take(size: number): Promise<PreparedMail[]>
  /** Whether the last look for due mails found any, or put some off: then another look may find more. */
  moved(): boolean
  /** Waits for work under way, and throws what that met; what is in stock stays planned. */
  close(): Promise<void>
}

/**
 * Keeps mails written before they are needed, so that the wire never waits for the database: it looks for up to `ahead` of
 * them whenever it has fewer, so that they are written evenly, while waves are claimed. It holds nothing back: a mail in
 * stock is claimed by nobody, and whoever claims it asks again whether it may leave.
 */
export function createStock(
  prepare: (most: number, inHand: InHand) => Promise<Prepared>,
  { ahead, onPrepared }: { ahead: number; onPrepared: (prepared: Prepared) => Promise<void> },
): MailStock {
  const stock: PreparedMail[] = []
  let taken: PreparedMail[] = []
  let moved = true
  let failure: unknown
  let filling: Promise<void> | null = null

  const inHand: InHand = () => [...taken, ...stock].map(({ mail }) => mail)

  async function fill(): Promise<void> {
    try {
      const prepared = await prepare(ahead, inHand)
      stock.push(...prepared.ready)
      moved = prepared.more
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
      if (stock.length < size) await filling
      // A look that began before passed over what was in hand then: only a fresh one can tell that nothing is due.
      if (stock.length === 0 && !failure) {
        filling = fill()
        await filling
      }
      if (failure) throw failure
      taken = stock.splice(0, size)
      // Where the last look found nothing, another at once would find nothing either.
      if (moved && stock.length < ahead) filling ??= fill()
      return taken
    },
    moved: () => moved || stock.length > 0,
    close: async () => {
      await filling
      if (failure) throw failure
    },
  }
}
