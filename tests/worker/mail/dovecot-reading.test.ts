import { chown, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encrypt } from '@/lib/encryption'
import { openImapMailbox } from '@/mail/imap/open-imap-mailbox'
import { LISTED_BYTES } from '@/mail/imap/opened-mailbox'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { placeOfImapPassword } from '@/use-cases/mailboxes/get-smtp-account'
import { contactLead } from '../../support/conversation/contacted-lead'
import { SAMPLE_MESSAGES } from '../../support/conversation/received'
import { createEngine } from '../../support/engine'
import { type Dovecot, MAIL_OWNER, startDovecot } from '../../support/mail-servers/dovecot'
import { missingMailServers } from '../../support/mail-servers/packages'

const REPLY = SAMPLE_MESSAGES.find(({ name }) => name === 'human-interested.gmail.en')?.raw ?? Buffer.from('')

describe.skipIf(missingMailServers() !== null)("a mailbox of Debian's Dovecot", () => {
  let dovecot: Dovecot
  beforeAll(async () => {
    dovecot = await startDovecot({ sam: 'right' })
  })
  afterAll(() => dovecot?.close())

  const account = (over: { password?: string; security?: 'tls' | 'starttls' } = {}) => {
    const { password = 'right', security = 'tls' } = over
    const port = security === 'tls' ? dovecot.ports.imaps : dovecot.ports.imap
    return { host: '127.0.0.1', port, security, user: 'sam', password, allowPrivate: true }
  }

  /** A message arrives in the Inbox, unseen. */
  async function deliver(name: string, raw: Buffer | string) {
    for (const folder of ['', 'new', 'cur', 'tmp']) {
      const path = join(dovecot.maildirOf('sam'), folder)
      await mkdir(path, { recursive: true })
      await chown(path, MAIL_OWNER, MAIL_OWNER)
    }
    const file = join(dovecot.maildirOf('sam'), 'new', `${name}.mx.customer.example`)
    await writeFile(file, raw)
    await chown(file, MAIL_OWNER, MAIL_OWNER)
  }

  it('is read by TLS and by STARTTLS: headers and sizes first, bodies cut at 1 MB, and only what is new', async () => {
    await deliver('1000000001.a', REPLY)
    await deliver('1000000002.b', `${REPLY}${'long line\n'.repeat(200_000)}`)
    for (const security of ['tls', 'starttls'] as const) {
      const opened = await openImapMailbox(account({ security }))
      const folders = await opened.folders()
      expect(folders).toEqual([
        { path: 'INBOX', role: 'inbox' },
        { path: 'Sent', role: 'sent' },
        { path: 'Junk', role: 'junk' },
      ])
      const inbox = await opened.open('INBOX')
      expect(await inbox.uidsAfter(0, new Date('2001-01-01'))).toEqual([1, 2])
      expect(await inbox.uidsAfter(1, null)).toEqual([2])
      expect(await inbox.uidsAfter(2, null)).toEqual([])
      const [first, second] = await inbox.list([1, 2])
      expect(Buffer.from(first?.beginning ?? [])).toEqual(Buffer.from((await inbox.source(1)) ?? []))
      expect(second?.beginning.length).toBe(LISTED_BYTES)
      expect(second?.size).toBeGreaterThan(2_000_000)
      expect((await inbox.source(2))?.length).toBe(1024 * 1024)
      expect(await inbox.source(99)).toBeNull()
      await opened.close()
    }
  })

  it('is unchanged after it was read: no flag, no message, no file', async () => {
    const opened = await openImapMailbox(account())
    const inbox = await opened.open('INBOX')
    // The server renames a file with each flag, and moves it out of `new` for whoever may write.
    const filesOf = async () =>
      (await readdir(dovecot.maildirOf('sam'), { recursive: true })).filter((name) => /^(new|cur)\//.test(name)).sort()
    const before = await filesOf()
    expect(before).toEqual(['new/1000000001.a.mx.customer.example', 'new/1000000002.b.mx.customer.example'])
    await inbox.list([1, 2])
    await inbox.source(1)
    await opened.close()
    expect(await filesOf()).toEqual(before)
  })

  it('is read as a worker reads it: the reply in it stops the sequence, and a second reading finds nothing', async () => {
    const engine = await createEngine()
    const { db, deps, clock } = engine
    try {
      clock.set('2026-12-18T09:00:00Z')
      const { mailboxId, leadId } = await contactLead(engine)
      const { port: imapPort, host: imapHost, user: imapUser } = account()
      const sealed = encrypt(deps.config.encryptionKey, 'right', placeOfImapPassword(mailboxId))
      const data = { imapHost, imapPort, imapUser, imapPasswordEncrypted: sealed }
      await db.mailboxReader.update({ where: { mailboxId }, data })
      // The longer one is the same message again: its headers are.
      expect(await readMailbox(deps, { mailboxId })).toEqual({ messages: 1 })
      expect(await db.lead.findUniqueOrThrow({ where: { id: leadId } })).toMatchObject({ status: 'replied' })
      expect(await db.scheduledEmail.count({ where: { leadId, status: 'skipped' } })).toBe(2)
      const places = await db.mailboxFolder.findMany({ orderBy: { path: 'asc' } })
      expect(places.map(({ path, lastUid }) => [path, lastUid])).toEqual([
        ['INBOX', 2n],
        ['Junk', 0n],
        ['Sent', 0n],
      ])
      const reader = await db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } })
      const wait = (reader.nextReadAt?.getTime() ?? 0) - (reader.lastReadAt?.getTime() ?? 0)
      expect(wait).toBeGreaterThanOrEqual(120_000)
      await db.mailboxReader.update({ where: { mailboxId }, data: { nextReadAt: null } })
      expect(await readMailbox(deps, { mailboxId })).toEqual({ messages: 0 })
    } finally {
      await engine.close()
    }
  })

  it('says that user or password are wrong, and that nothing answers', async () => {
    await expect(openImapMailbox(account({ password: 'wrong' }))).rejects.toMatchObject({
      kind: 'sign_in',
      message: 'The server refused the user or the password.',
    })
    await expect(openImapMailbox({ ...account(), port: 1 })).rejects.toMatchObject({
      kind: 'passing',
      message: 'Nothing answers at that address and port.',
    })
    await expect(openImapMailbox({ ...account(), allowPrivate: false })).rejects.toMatchObject({
      message: 'The server is in this machine’s own network, which is not allowed here.',
    })
  })
})
