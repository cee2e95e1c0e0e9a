import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { testMailbox } from '@/use-cases/mailboxes/test-mailbox'
import { createEngine, type Engine } from '../../support/engine'
import { type Dovecot, startDovecot } from '../../support/mail-servers/dovecot'
import { readMaildir } from '../../support/mail-servers/maildir'
import { missingMailServers } from '../../support/mail-servers/packages'
import { type Postfix, startPostfix } from '../../support/mail-servers/postfix'

const USER = 'ada@nexa.example'
const PASSWORD = 'secret'

describe.skipIf(missingMailServers() !== null)('a mailbox at Postfix and Dovecot', () => {
  let engine: Engine
  let dovecot: Dovecot
  let postfix: Postfix<'submission'>
  beforeAll(async () => {
    engine = await createEngine()
    dovecot = await startDovecot({ [USER]: PASSWORD })
    postfix = await startPostfix({ submission: { smtpd_sasl_auth_enable: 'yes' } }, dovecot)
  })
  afterAll(async () => {
    await postfix?.close()
    await dovecot?.close()
    await engine?.close()
  })

  it('passes the five parts of its test, changes no message there, and names the part that is wrong', async () => {
    const typed = (password: string) =>
      mailboxInput.parse({
        name: 'Ada',
        fromName: 'Ada',
        fromEmail: USER,
        smtpHost: '127.0.0.1',
        smtpPort: postfix.ports.submission,
        smtpSecurity: 'none',
        smtpUser: USER,
        smtpPassword: PASSWORD,
        reader: {
          imapHost: '127.0.0.1',
          imapPort: dovecot.ports.imap,
          imapSecurity: 'none',
          imapUser: USER,
          imapPassword: password,
        },
      })
    const { id: mailboxId } = await createMailbox(engine.deps, typed(PASSWORD))
    const waits = { arrival: 120_000, filing: 1, between: 200 }
    const test = () => testMailbox(engine.deps, { mailboxId, waits })
    const checks = async () => (await listMailboxes(engine.deps)).find(({ id }) => id === mailboxId)?.checks ?? []
    expect(await test()).toMatchObject({ ok: true })
    expect((await checks()).map(({ name, outcome }) => [name, outcome]).toSorted()).toEqual([
      ['folders', 'ok'],
      ['from', 'ok'],
      ['imap', 'ok'],
      ['round_trip', 'ok'],
      ['smtp', 'ok'],
    ])
    const inbox = await readMaildir(dovecot.maildirOf(USER))
    expect(inbox.map(({ parsed }) => parsed.from?.address)).toEqual([USER])
    await updateMailbox(engine.deps, { mailboxId, mailbox: typed('wrong') })
    expect(await test()).toEqual({ ok: false, message: 'The server refused the user or the password.' })
    const failed = await checks()
    expect(failed.find(({ name }) => name === 'imap')).toMatchObject({ outcome: 'wrong' })
    expect(failed.find(({ name }) => name === 'smtp')).toMatchObject({ outcome: 'ok' })
  })
})
