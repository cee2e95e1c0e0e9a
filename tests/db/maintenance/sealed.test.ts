import { afterAll, beforeAll, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { encrypt } from '@/lib/encryption'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { listSealed } from '@/use-cases/maintenance/list-sealed'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

it('everything that is sealed is told by name, a mailbox once, and whether the key opens it', async () => {
  const { deps, db } = engine
  const { encryptionKey } = deps.config
  const other = encryptionKey.replaceAll(/./g, (digit) => (15 - Number.parseInt(digit, 16)).toString(16))
  await loadConsentKey(deps.sql, encryptionKey, new Date('2026-03-02T09:00:00Z'))
  const own = { name: 'Own', fromName: 'Sam', fromEmail: 'sam@nexa.example', smtpHost: 'mail.nexa.example' }
  const { id: mailboxId } = await createMailbox(deps, mailboxInput.parse({ ...own, smtpPassword: 'pass-word' }))
  await db.oauthClient.create({
    data: {
      provider: 'google',
      clientId: 'id',
      secretEncrypted: encrypt(encryptionKey, 'x', 'oauth_clients/google/secret'),
    },
  })
  await db.leadSource.create({
    data: { source: 'apollo', apiKeyEncrypted: encrypt(encryptionKey, 'x', 'lead_sources/apollo/api_key') },
  })
  const all = [
    { kind: 'unsubscribe_links', name: '' },
    { kind: 'mailbox', name: 'Own' },
    { kind: 'lead_source', name: 'apollo' },
    { kind: 'provider', name: 'google' },
  ]
  const each = (opens: boolean) => all.map((thing) => ({ ...thing, opens }))
  expect(await listSealed(deps.sql, encryptionKey)).toEqual(each(true))
  expect(await listSealed(deps.sql, other)).toEqual(each(false))
  expect(await listSealed(deps.sql, null)).toEqual(each(false))
  // One of its passwords is enough.
  await db.mailboxReader.create({
    data: {
      mailboxId,
      imapHost: 'mail.nexa.example',
      imapPort: 993,
      imapPasswordEncrypted: encrypt(other, 'x', `mailboxes/${mailboxId}/imap_password`),
    },
  })
  expect((await listSealed(deps.sql, encryptionKey)).filter(({ opens }) => !opens)).toEqual([
    { kind: 'mailbox', name: 'Own', opens: false },
  ])
})
