import { describe, expect, it, test } from 'vitest'
import { imapFailureOf } from '@/mail/imap/imap-failure'
import { foldersToRead } from '@/mail/imap/open-imap-mailbox'

const folder = (path: string, specialUse?: string, ...flags: string[]) => ({
  path,
  flags: new Set(flags),
  ...(specialUse && { specialUse }),
})

describe('which folders are read', () => {
  it('Inbox, Sent and Junk, whatever they are called; nothing else, and nothing that holds no messages', () => {
    const listed = [
      folder('INBOX'),
      folder('Gesendete Elemente', '\\Sent'),
      folder('Spamverdacht', '\\Junk'),
      folder('Entwürfe', '\\Drafts'),
      folder('Kunden'),
      folder('Papierkorb', '\\Trash'),
      folder('Alt', '\\Sent', '\\Noselect'),
    ]
    expect(foldersToRead(listed, false)).toEqual([
      { path: 'INBOX', role: 'inbox' },
      { path: 'Gesendete Elemente', role: 'sent' },
      { path: 'Spamverdacht', role: 'junk' },
    ])
  })

  it('All Mail and Spam at Gmail, so that nothing is read twice; elsewhere a folder of that use is left alone', () => {
    const listed = [
      folder('INBOX', '\\Inbox'),
      folder('[Gmail]/All Mail', '\\All'),
      folder('[Gmail]/Sent Mail', '\\Sent'),
      folder('[Gmail]/Spam', '\\Junk'),
    ]
    expect(foldersToRead(listed, true)).toEqual([
      { path: '[Gmail]/All Mail', role: 'all' },
      { path: '[Gmail]/Spam', role: 'junk' },
    ])
    expect(foldersToRead(listed, false).map(({ role }) => role)).toEqual(['inbox', 'sent', 'junk'])
  })
})

const refused = (responseText: string, serverResponseCode = '') => ({
  authenticationFailed: true,
  responseText,
  serverResponseCode,
})

// As imapflow leaves the answer to most commands.
const withCode = (value: string) => ({ attributes: [{ section: [{ value }] }] })

test.each([
  [
    'a wrong password',
    refused('Invalid credentials (Failure)', 'AUTHENTICATIONFAILED'),
    'sign_in',
    'user or the password',
  ],
  ['IMAP switched off', refused('Your account is not enabled for IMAP use.'), 'provider', 'IMAP is switched off'],
  ['an app password', refused('Application-specific password required'), 'sign_in', 'app password'],
  ['IMAP not allowed', refused('User is authenticated but not connected.'), 'provider', 'IMAP is not allowed'],
  ['throttling', refused('Too many simultaneous connections. (Failure)'), 'passing', 'no sign-in at the moment'],
  ['a server in trouble', refused('Authentication failed.', 'UNAVAILABLE'), 'passing', 'no sign-in at the moment'],
  ['no server', { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }, 'passing', 'Nothing answers'],
  [
    'a lost connection',
    { code: 'NoConnection', message: 'Connection not available' },
    'passing',
    'connection was lost',
  ],
  [
    'a foreign certificate',
    { code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: 'self-signed' },
    'passing',
    'encrypted connection',
  ],
  ['one message', { responseStatus: 'NO', responseText: 'Message is corrupt' }, 'message', 'Message is corrupt'],
  ['a limit', { responseStatus: 'NO', responseText: 'Account exceeded bandwidth limits.' }, 'put_off', 'bandwidth'],
  ['a lock', { responseStatus: 'NO', responseText: 'Locked', response: withCode('INUSE') }, 'put_off', 'Locked'],
  ['a fault', { responseStatus: 'NO', responseText: 'Oh', response: withCode('SERVERBUG') }, 'broken', 'Oh'],
  ['a fault in words', { responseStatus: 'NO', responseText: 'Internal error' }, 'broken', 'Internal error'],
  ['a code that is laid out', { responseStatus: 'NO', serverResponseCode: 'UNAVAILABLE' }, 'put_off', 'NO'],
  ['a pause', { code: 'ETHROTTLE', responseStatus: 'BAD', responseText: 'Throttled' }, 'put_off', 'come back later'],
])('%s: what follows, in plain words', (_what, error, kind, words) => {
  const failure = imapFailureOf(error)
  expect(failure.kind).toBe(kind)
  expect(failure.message).toContain(words)
})

test.each([
  [
    { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:993' },
    'Nothing answers at that address and port.',
  ],
  [{ code: 'NoConnection', message: 'Connection not available' }, 'The connection was lost.'],
  [
    { code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: 'self-signed certificate' },
    'The encrypted connection could not be set up (self-signed certificate).',
  ],
])('what this machine says of a connection counts for no word of the server: %o', (error, words) => {
  expect(imapFailureOf(error)).toMatchObject({ message: words, said: '' })
})

test.each([
  ['imap.gmail.com', undefined, 'sign_in', 'The provider refused the app password. It may have been revoked.'],
  ['imap.nexa.example', undefined, 'sign_in', 'The server refused the user or the password.'],
  ['127.0.0.1', undefined, 'sign_in', 'The server refused the user or the password.'],
  ['imap.gmail.com', 'token', 'provider', 'The server refused the token.'],
])(
  'a refused sign-in at %s with token %s is said in words that name what to replace',
  (host, accessToken, kind, words) => {
    const error = { authenticationFailed: true, responseText: 'Invalid credentials (Failure)' }
    const account = { host, ...(accessToken && { accessToken }) }
    expect(imapFailureOf(error, account)).toMatchObject({ kind, message: words })
  },
)
