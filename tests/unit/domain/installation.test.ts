import { describe, expect, it } from 'vitest'
import { differingParts, type Installation, publicAddressOf } from '@/domain/installation'
import { describeEffects, differsText } from '@/domain/installation-text'
import { isLoopback } from '@/domain/public-address'
import { fingerprintOf } from '@/lib/encryption'

const FIRST: Installation = { keyFingerprint: 'a1a1a1a1ff', live: false, publicAddress: null }

describe('the public address of an installation', () => {
  it.each([
    ['http://localhost:3000', null],
    ['http://localhost:3107/', null],
    ['http://LOCALHOST', null],
    ['http://app.localhost:3000', null],
    ['http://127.0.0.1:3000', null],
    ['http://127.8.9.10', null],
    ['http://0.0.0.0:3000', null],
    ['http://[::1]:3000', null],
    ['http://[::ffff:127.0.0.1]:3000', null],
    ['http://2130706433', null],
    ['no address', null],
    ['https://crm.nexa.dev', 'https://crm.nexa.dev'],
    ['https://CRM.nexa.dev/', 'https://crm.nexa.dev'],
    ['https://crm.nexa.dev:443/outreach/', 'https://crm.nexa.dev/outreach'],
    ['http://192.168.1.9:3000', 'http://192.168.1.9:3000'],
    ['http://localhost.nexa.dev', 'http://localhost.nexa.dev'],
    ['http://127.0.0.1.nexa.dev', 'http://127.0.0.1.nexa.dev'],
  ])('%s is compared as %s', (appUrl, address) => {
    expect(publicAddressOf(appUrl)).toBe(address)
  })

  it('tells this machine from others by the whole host', () => {
    expect(isLoopback('http://[::2]')).toBe(false)
    expect(isLoopback('http://[::ffff:10.0.0.1]')).toBe(false)
    expect(isLoopback('http://notlocalhost')).toBe(false)
  })
})

describe('the fingerprint of a key', () => {
  it('is the same for the same key however written, another for another, and holds nothing of it', () => {
    const key = '0123456789abcdef'.repeat(4)
    expect(fingerprintOf(key)).toMatch(/^[0-9a-f]{32}$/)
    expect(fingerprintOf(key.toUpperCase())).toBe(fingerprintOf(key))
    expect(fingerprintOf(`1${key.slice(1)}`)).not.toBe(fingerprintOf(key))
    expect(key).not.toContain(fingerprintOf(key).slice(0, 8))
  })
})

describe('two installations', () => {
  const others: [string, Partial<Installation>, string[]][] = [
    ['another port of this machine', {}, []],
    ['another key', { keyFingerprint: 'b2b2b2b2ff' }, ['encryption_key']],
    ['no key', { keyFingerprint: null }, ['encryption_key']],
    ['real email', { live: true }, ['mode']],
    ['an address', { publicAddress: 'https://crm.nexa.dev' }, ['public_address']],
    [
      'everything',
      { keyFingerprint: 'b2b2b2b2ff', live: true, publicAddress: 'https://crm.nexa.dev' },
      ['encryption_key', 'mode', 'public_address'],
    ],
  ]
  it.each(others)('differ by %s in their parts', (_, change, parts) => {
    expect(differingParts(FIRST, { ...FIRST, ...change })).toEqual(parts)
  })

  it('are told apart with what puts each difference right', () => {
    const live: Installation = { keyFingerprint: 'a1a1a1a1ff', live: true, publicAddress: 'https://crm.nexa.dev' }
    expect(differsText(FIRST, { keyFingerprint: 'b2b2b2b2ff', live: true, publicAddress: 'https://b.nexa.dev' })).toBe(
      [
        'This database belongs to another installation. Nothing was started or changed.',
        '- Encryption key: the database was started with one (fingerprint a1a1a1a1), there is another one here (fingerprint ' +
          'b2b2b2b2). Set ENCRYPTION_KEY and AUTH_SECRET to those of that installation: its environment has them, or its ' +
          '.data/secrets.json.',
        '- Email: it stays in the sandbox inbox there, and would really leave here, since SMTP_URL is set. Leave SMTP_URL ' +
          'out; a further worker of a sandbox runs in the folder of its app.',
        '- Public address: none but this machine there, https://b.nexa.dev here. Leave APP_URL out.',
        'If the change is meant: "npm run installation" shows what it affects, "npm run installation -- accept" makes it.',
      ].join('\n'),
    )
    expect(
      differsText(live, { ...FIRST, keyFingerprint: null })
        .split('\n')
        .slice(1, 4),
    ).toEqual([
      '- Encryption key: the database was started with one (fingerprint a1a1a1a1), there is none here. Set ' +
        'ENCRYPTION_KEY and AUTH_SECRET to those of that installation: its environment has them, or its .data/secrets.json.',
      '- Email: it really leaves there, and would stay in a sandbox inbox here, counted as sent. Set SMTP_URL to the same ' +
        'server.',
      '- Public address: https://crm.nexa.dev there, none but this machine here. Set APP_URL=https://crm.nexa.dev.',
    ])
  })

  it('are changed with a sentence for each part that says what it reaches', () => {
    const reach = {
      mailboxes: ['Sales', 'Support'],
      leadSources: ['apollo'],
      emailsSent: 88,
      campaigns: [
        { name: 'Autumn', emails: 1 },
        { name: 'Spring', emails: 23 },
      ],
    }
    const present = { keyFingerprint: 'b2b2b2b2ff', live: true, publicAddress: 'https://crm.nexa.dev' }
    expect(describeEffects(FIRST, present, reach)).toEqual([
      'Encryption key: this key does not open the password of 2 mailboxes (Sales, Support) and the key of 1 lead source ' +
        '(apollo): enter them again. Unsubscribe links in 88 emails sent before stop working, and who was erased ' +
        'after a no is not recognised any more.',
      'Email: 2 running campaigns will really go out: "Autumn" (1 email planned), "Spring" (23 emails planned).',
      'Public address: links in emails begin with https://crm.nexa.dev instead of none but this machine; those in 88 ' +
        'emails sent before still lead to the former.',
    ])
    expect(describeEffects({ ...FIRST, live: true }, FIRST, { ...reach, campaigns: [] })).toEqual([
      'Email: no running campaign is affected. What starts from now on stays on this machine.',
    ])
    expect(describeEffects({ ...FIRST, live: true }, FIRST, reach)).toEqual([
      'Email: 2 running campaigns will stay on this machine, counted as sent: "Autumn" (1 email planned), "Spring" (23 ' +
        'emails planned).',
    ])
    expect(describeEffects(FIRST, FIRST, reach)).toEqual([])
    const nothing = { mailboxes: [], leadSources: [], emailsSent: 0, campaigns: [] }
    expect(describeEffects(null, FIRST, nothing)).toEqual([])
    expect(describeEffects(null, FIRST, { ...nothing, mailboxes: ['Sales'] })).toEqual([
      'Encryption key: this key does not open the password of 1 mailbox (Sales): enter it again.',
    ])
  })
})
