import { createDatabase } from '@/db/client'
import type { Deps } from '@/deps'
import type { OutgoingMail } from '@/mail/mailer'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { createTestClock, depsOn, type TestClock } from '../../support/deps'
import { startDovecot } from '../../support/mail-servers/dovecot'
import { type Postfix, type SmtpdSettings, startPostfix } from '../../support/mail-servers/postfix'
import type { Closers } from '../support/stage'

/** The login that Dovecot takes. */
export const LOGIN = { user: 'ada@nexa.example', password: 'correct horse battery' } as const

/** The engine beside Debian's Postfix and Dovecot. */
export type MailServerStage = {
  deps: Deps
  clock: TestClock
  postfix: Postfix<string>
  /** Each message that the engine has handed to its mailer. */
  handedOver: OutgoingMail[]
  /** A tick, then every send job it enqueued, all at once, until nothing more is enqueued; as workers would. */
  work(): Promise<void>
  /** Takes away what the last case has left. */
  clear(): Promise<void>
}

const MONDAY = '2026-03-02T09:00:00Z'

/** Starts all of it, on a migrated database that exists already. */
export async function openMailServerStage(
  url: string,
  services: Readonly<Record<string, SmtpdSettings>>,
  closers: Closers,
): Promise<MailServerStage> {
  const dovecot = await startDovecot({ [LOGIN.user]: LOGIN.password })
  closers.push(dovecot.close)
  const postfix = await startPostfix(services, dovecot)
  closers.push(postfix.close)
  const database = createDatabase(url, { connections: 8 })
  closers.push(database.close)
  const clock = createTestClock(MONDAY)
  const woken: string[] = []
  const handedOver: OutgoingMail[] = []
  const deps = keepingMail(depsOn(database, { port: 0 }, clock, woken), handedOver)
  closers.push(() => deps.mailer.close(), deps.leadSources.close)
  const { db } = deps
  const postalAddress = 'Nexa, Main Street 1, 10115 Berlin'
  await db.settings.update({ where: { id: 1 }, data: { companyName: 'Nexa', postalAddress } })
  return {
    deps,
    clock,
    postfix,
    handedOver,
    work: async () => {
      await runTick(deps)
      while (woken.length > 0) await Promise.all(woken.splice(0).map((mailboxId) => sendMailbox(deps, { mailboxId })))
    },
    clear: async () => {
      await db.campaign.deleteMany()
      await db.leadBatch.deleteMany()
      await db.lead.deleteMany()
      await db.suppression.deleteMany()
      await db.mailbox.deleteMany()
      await postfix.forget()
      handedOver.length = 0
      woken.length = 0
      clock.set(MONDAY)
    },
  }
}

/** At a public address, as real email needs, with a mailer that keeps what it is handed. */
const keepingMail = (deps: Deps, handedOver: OutgoingMail[]): Deps => ({
  ...deps,
  config: { ...deps.config, appUrl: 'https://app.nexa.example' },
  mailer: {
    ...deps.mailer,
    send: (account, mail, hooks) => {
      handedOver.push(mail)
      return deps.mailer.send(account, mail, hooks)
    },
  },
})
