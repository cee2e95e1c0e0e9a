import { afterAll, beforeAll, expect, test } from 'vitest'
import { encrypt } from '@/lib/encryption'
import { imapAccountOf } from '@/use-cases/mailboxes/get-imap-account'
import { placeOfImapPassword, placeOfPassword } from '@/use-cases/mailboxes/get-smtp-account'
import { createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

async function readerOf(own: { imapUser?: string; password?: string }) {
  const { db, deps } = engine
  const key = deps.config.encryptionKey
  const { id } = await db.mailbox.findFirstOrThrow()
  const smtp = {
    kind: 'smtp',
    smtpHost: 'smtp.nexa.example',
    smtpUser: 'sam',
    smtpPasswordEncrypted: encrypt(key, 'of smtp', placeOfPassword(id)),
  }
  const mailbox = await db.mailbox.update({ where: { id }, data: smtp })
  await db.mailboxReader.deleteMany()
  const reader = await db.mailboxReader.create({
    data: {
      mailboxId: id,
      imapHost: 'imap.nexa.example',
      imapPort: 993,
      imapUser: own.imapUser ?? null,
      imapPasswordEncrypted: own.password ? encrypt(key, own.password, placeOfImapPassword(id)) : null,
    },
  })
  return imapAccountOf(deps, mailbox, reader)
}

test('without a user and password of its own, reading signs in as sending does', async () => {
  const account = await readerOf({})
  expect(account).toEqual({
    host: 'imap.nexa.example',
    port: 993,
    security: 'tls',
    user: 'sam',
    password: 'of smtp',
    allowPrivate: true,
  })
})

test('a user and password of its own stand before those of sending, each by itself', async () => {
  expect(await readerOf({ imapUser: 'reader', password: 'of imap' })).toMatchObject({
    user: 'reader',
    password: 'of imap',
  })
  expect(await readerOf({ imapUser: 'reader' })).toMatchObject({ user: 'reader', password: 'of smtp' })
  expect(await readerOf({ password: 'of imap' })).toMatchObject({ user: 'sam', password: 'of imap' })
})
