import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { decrypt } from '@/lib/encryption'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'

type Typed = Partial<z.input<typeof mailboxInput>>

const IMAP = { imapHost: 'imap.nexa.example', imapUser: 'sam-in', imapPassword: 'first' }
const READ_AT = new Date('2026-03-02T14:02:00Z')

describe('the way in of a mailbox', () => {
  let engine: Engine
  let mailboxId: string
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())
  beforeEach(async () => {
    ;({ id: mailboxId } = await createMailbox(engine.deps, input({ reader: IMAP })))
  })
  const input = (change: Typed = {}) =>
    mailboxInput.parse({
      name: 'Sales',
      fromName: 'Sam',
      fromEmail: 'sam@nexa.example',
      smtpHost: 'smtp.nexa.example',
      smtpUser: 'sam',
      ...change,
    })
  const save = (change: Typed) => updateMailbox(engine.deps, { mailboxId, mailbox: input(change) })
  const row = () => engine.db.mailboxReader.findUnique({ where: { mailboxId } })
  const view = async () => (await listMailboxes(engine.deps)).find(({ id }) => id === mailboxId)
  const password = async () => {
    const sealed = (await row())?.imapPasswordEncrypted ?? null
    return sealed && decrypt(engine.deps.config.encryptionKey, sealed, `mailboxes/${mailboxId}/imap_password`)
  }
  const hasBeenRead = async () => {
    await engine.db.mailboxReader.update({
      where: { mailboxId },
      data: {
        health: 'stopped',
        healthReason: 'The password is wrong.',
        troubleCount: 3,
        lastReadAt: READ_AT,
        nextReadAt: READ_AT,
        leaseUntil: READ_AT,
        lease: 4,
        rewritesMessageId: true,
        filesSent: false,
      },
    })
    const place = { mailboxId, path: 'INBOX', role: 'inbox', uidValidity: 1n, lastUid: 7n }
    await engine.db.mailboxFolder.create({ data: place })
  }
  const places = () => engine.db.mailboxFolder.count({ where: { mailboxId } })

  it('is saved with the mailbox, its password sealed for its own place and never shown', async () => {
    expect(await password()).toBe('first')
    const shown = await view()
    expect(shown?.reader).toEqual({
      imapHost: 'imap.nexa.example',
      imapPort: 993,
      imapSecurity: 'tls',
      imapUser: 'sam-in',
      hasPassword: true,
      appendsSent: true,
      copiesWaiting: 0,
      copyFailure: null,
      filesSent: null,
      health: 'ready',
      healthReason: null,
      isTriedAgain: true,
      lastReadAt: null,
    })
    const plain = await createMailbox(engine.deps, input({ aliases: ['Sales@Nexa.example'] }))
    const other = (await listMailboxes(engine.deps)).find(({ id }) => id === plain.id)
    expect(other).toMatchObject({ reader: null, aliases: ['sales@nexa.example'] })
  })

  it('keeps its password when none is given, changes it, and takes SMTP’s when it is removed', async () => {
    const { imapPassword: _, ...same } = IMAP
    await save({ reader: same })
    expect(await password()).toBe('first')
    await save({ reader: { ...same, imapPassword: 'second' } })
    expect(await password()).toBe('second')
    await save({ reader: { ...same, imapUser: null, imapPassword: null } })
    expect(await row()).toMatchObject({ imapUser: null, imapPasswordEncrypted: null })
  })

  it('begins anew with every save: tried again at once, and nobody goes on with the former settings', async () => {
    await hasBeenRead()
    await save({ name: 'Renamed' })
    expect(await row()).toMatchObject({
      health: 'ready',
      healthReason: null,
      troubleCount: 0,
      nextReadAt: null,
      leaseUntil: null,
      lease: 5,
      settingsVersion: 2,
      // The account is the same: what is known of it stays.
      lastReadAt: READ_AT,
      rewritesMessageId: true,
      filesSent: false,
    })
    expect(await password()).toBe('first')
    expect(await places()).toBe(1)
  })

  it('reads another account from its beginning', async () => {
    const forgotten = { lastReadAt: null, rewritesMessageId: null }
    await hasBeenRead()
    await save({ reader: { ...IMAP, imapHost: 'imap.gmail.com' } })
    expect([await row(), await places()]).toMatchObject([{ ...forgotten, filesSent: true }, 0])
    await hasBeenRead()
    await save({ reader: { ...IMAP, imapHost: 'imap.gmail.com', imapUser: null } })
    expect([await row(), await places()]).toMatchObject([forgotten, 0])
    // Its user is SMTP's.
    await hasBeenRead()
    await save({ smtpUser: 'kim' })
    expect([await row(), await places()]).toMatchObject([forgotten, 0])
  })

  it('is removed by null, with how far it was read, and added again', async () => {
    await hasBeenRead()
    await save({ reader: null })
    expect([await row(), await places(), (await view())?.reader]).toEqual([null, 0, null])
    await save({})
    expect(await row()).toBeNull()
    await save({ reader: IMAP })
    expect(await row()).toMatchObject({ lastReadAt: null, health: 'ready' })
  })

  it('takes an app password of Google without the spaces it is shown with, on both ways', async () => {
    const typed = 'abcd efgh ijkl mnop'
    await save({
      smtpHost: 'smtp.gmail.com',
      smtpPassword: typed,
      reader: { imapHost: 'imap.gmail.com', imapPassword: typed },
    })
    const { smtpPasswordEncrypted } = await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    const { encryptionKey } = engine.deps.config
    expect(decrypt(encryptionKey, smtpPasswordEncrypted ?? '', `mailboxes/${mailboxId}/smtp_password`)).toBe(
      'abcdefghijklmnop',
    )
    expect(await password()).toBe('abcdefghijklmnop')
  })

  it('is not written for a mailbox that is gone', async () => {
    await engine.db.mailbox.delete({ where: { id: mailboxId } })
    expect((await refusal(save({ reader: IMAP }))).code).toBe('not_found')
    expect(await row()).toBeNull()
  })
})
