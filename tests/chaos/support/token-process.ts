import { createDatabase } from '@/db/client'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import { NoToken, openAccount, openImapAccount } from '@/use-cases/mailboxes/open-account'
import { createTestClock, depsOn } from '../../support/deps'

/** Asked for: so many sign-ins, by several at a time as sending and reading have them. */
export type TokensWanted = { turns: number }
/** Answered: how many got a token that the provider takes, one that it refuses, and none. */
export type TokensGot = { taken: number; refused: number; failed: number }

/** Signs in to a mailbox again and again, for SMTP and for IMAP, as a worker does; ends with whoever has started it. */
const [url = '', mailboxId = '', provider = ''] = process.argv.slice(2)
const AT_ONCE = 5
const database = createDatabase(url, { connections: 10 })
const deps = depsOn(database, { port: 1 }, createTestClock())
process.once('disconnect', () => process.exit(0))
process.on('message', async ({ turns }: TokensWanted) => {
  const got: TokensGot = { taken: 0, refused: 0, failed: 0 }
  let left = turns
  const work = async () => {
    while (left-- > 0) await signIn(got, left % 2 === 0)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  process.send?.(got)
})
process.send?.('ready')

async function signIn(got: TokensGot, isForReading: boolean): Promise<void> {
  try {
    const mailbox = await deps.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    const { accessToken } = isForReading
      ? await openImapAccount(deps, mailbox, await deps.db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } }))
      : await openAccount(deps, mailbox)
    const { ok } = await fetch(`${provider}/tokeninfo?access_token=${accessToken}`)
    got[ok ? 'taken' : 'refused']++
  } catch (error) {
    if (!(error instanceof NoToken || error instanceof ImapFailure)) throw error
    got.failed++
  }
}
