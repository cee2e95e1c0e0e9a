import { describe, expect, it } from 'vitest'
import {
  passwordFor,
  presetOfAddress,
  presetOfMx,
  presetOfPublicServer,
  presetOfServer,
} from '@/domain/mailbox/presets/find-preset'

const lineOf = (preset: ReturnType<typeof presetOfAddress>) =>
  preset &&
  [preset.smtp, preset.imap].map(({ host, port, security }) => `${host}:${port} ${security}`).concat(preset.name)

describe('the servers of a provider', () => {
  it.each([
    ['sam@gmail.com', 'Google', 'smtp.gmail.com:465 tls', 'imap.gmail.com:993 tls'],
    ['sam@GoogleMail.com', 'Google', 'smtp.gmail.com:465 tls', 'imap.gmail.com:993 tls'],
    ['sam@hotmail.de', 'Outlook.com', 'smtp-mail.outlook.com:587 starttls', 'outlook.office365.com:993 tls'],
    ['sam@nexa.onmicrosoft.com', 'Microsoft 365', 'smtp.office365.com:587 starttls', 'outlook.office365.com:993 tls'],
    ['sam@yahoo.co.uk', 'Yahoo', 'smtp.mail.yahoo.com:465 tls', 'imap.mail.yahoo.com:993 tls'],
    ['sam@me.com', 'iCloud', 'smtp.mail.me.com:587 starttls', 'imap.mail.me.com:993 tls'],
    ['sam@fastmail.com', 'Fastmail', 'smtp.fastmail.com:465 tls', 'imap.fastmail.com:993 tls'],
    ['sam@zohomail.eu', 'Zoho Mail', 'smtp.zoho.eu:465 tls', 'imap.zoho.eu:993 tls'],
    ['sam@gmx.at', 'GMX', 'mail.gmx.net:587 starttls', 'imap.gmx.net:993 tls'],
    ['sam@gmx.com', 'GMX', 'mail.gmx.com:587 starttls', 'imap.gmx.com:993 tls'],
    ['sam@web.de', 'WEB.DE', 'smtp.web.de:587 starttls', 'imap.web.de:993 tls'],
    ['sam@ik.me', 'Infomaniak', 'mail.infomaniak.com:465 tls', 'mail.infomaniak.com:993 tls'],
    ['sam@pm.me', 'Proton Mail Bridge', '127.0.0.1:1025 starttls', '127.0.0.1:1143 starttls'],
  ])('are known by the domain of %s', (address, name, smtp, imap) => {
    expect(lineOf(presetOfAddress(address))).toEqual([smtp, imap, name])
  })

  it.each([
    ['aspmx.l.google.com', 'Google', 'smtp.gmail.com:465 tls', 'imap.gmail.com:993 tls'],
    ['aspmx2.googlemail.com.', 'Google', 'smtp.gmail.com:465 tls', 'imap.gmail.com:993 tls'],
    [
      'nexa-dev.mail.protection.outlook.com',
      'Microsoft 365',
      'smtp.office365.com:587 starttls',
      'outlook.office365.com:993 tls',
    ],
    ['nexa-dev.r-v1.mx.microsoft', 'Microsoft 365', 'smtp.office365.com:587 starttls', 'outlook.office365.com:993 tls'],
    [
      'outlook-com.olc.protection.outlook.com',
      'Outlook.com',
      'smtp-mail.outlook.com:587 starttls',
      'outlook.office365.com:993 tls',
    ],
    ['mta5.am0.yahoodns.net', 'Yahoo', 'smtp.mail.yahoo.com:465 tls', 'imap.mail.yahoo.com:993 tls'],
    ['mx01.mail.icloud.com', 'iCloud', 'smtp.mail.me.com:587 starttls', 'imap.mail.me.com:993 tls'],
    ['in1-smtp.messagingengine.com', 'Fastmail', 'smtp.fastmail.com:465 tls', 'imap.fastmail.com:993 tls'],
    ['mx2.zoho.com', 'Zoho Mail', 'smtp.zoho.com:465 tls', 'imap.zoho.com:993 tls'],
    ['mx.zoho.in', 'Zoho Mail', 'smtp.zoho.in:465 tls', 'imap.zoho.in:993 tls'],
    ['mx00.emig.gmx.net', 'GMX', 'mail.gmx.net:587 starttls', 'imap.gmx.net:993 tls'],
    ['mx-ha02.web.de', 'WEB.DE', 'smtp.web.de:587 starttls', 'imap.web.de:993 tls'],
    ['mx00.ionos.de', 'IONOS', 'smtp.ionos.de:465 tls', 'imap.ionos.de:993 tls'],
    ['mx01.kundenserver.de', 'IONOS', 'smtp.ionos.de:465 tls', 'imap.ionos.de:993 tls'],
    ['mx00.ionos.co.uk', 'IONOS', 'smtp.ionos.co.uk:465 tls', 'imap.ionos.co.uk:993 tls'],
    ['mx1.mail.ovh.net', 'OVHcloud', 'ssl0.ovh.net:465 tls', 'ssl0.ovh.net:993 tls'],
    ['smtpin.rzone.de', 'Strato', 'smtp.strato.de:465 tls', 'imap.strato.de:993 tls'],
    ['www123.your-server.de', 'Hetzner', 'mail.your-server.de:465 tls', 'mail.your-server.de:993 tls'],
    ['mta-gw.infomaniak.ch', 'Infomaniak', 'mail.infomaniak.com:465 tls', 'mail.infomaniak.com:993 tls'],
    ['mail.protonmail.ch', 'Proton Mail Bridge', '127.0.0.1:1025 starttls', '127.0.0.1:1143 starttls'],
  ])('are known by the MX record %s', (mx, name, smtp, imap) => {
    expect(lineOf(presetOfMx([mx]))).toEqual([smtp, imap, name])
  })

  it('are not guessed from a name that only ends alike, nor for a company’s own domain', () => {
    expect(presetOfAddress('sam@notgmail.com')).toBeNull()
    expect(presetOfAddress('sam@nexa.example')).toBeNull()
    expect(presetOfAddress('sam')).toBeNull()
    expect(presetOfMx(['mx.mygoogle.com', 'mx.nexa.example'])).toBeNull()
    expect(presetOfMx([])).toBeNull()
  })

  it.each([
    ['aspmx.l.google.com', '_spf.google.com'],
    ['nexa-dev.mail.protection.outlook.com', 'spf.protection.outlook.com'],
    ['mx01.mail.icloud.com', 'icloud.com'],
    ['in1-smtp.messagingengine.com', 'spf.messagingengine.com'],
    ['mx1.mail.ovh.net', 'mx.ovh.com'],
    ['mta-gw.infomaniak.ch', 'spf.infomaniak.ch'],
    ['mail.protonmail.ch', '_spf.protonmail.ch'],
    ['smtpin.rzone.de', null],
  ])('of %s are named for SPF by %s', (mx, spf) => {
    expect(presetOfMx([mx])?.spf).toBe(spf)
  })

  it('on this machine are taken for a bridge by their address, and for nobody’s where more hangs on it', () => {
    expect(presetOfServer('127.0.0.1')?.name).toBe('Proton Mail Bridge')
    for (const host of ['127.0.0.1', 'localhost', '::1']) expect(presetOfPublicServer(host)).toBeNull()
    expect(presetOfPublicServer('smtp.gmail.com')?.name).toBe('Google')
  })

  it('are those of the first record that is known, where a filter stands before the provider', () => {
    expect(presetOfMx(['filter.nexa.example', 'alt1.aspmx.l.google.com'])?.name).toBe('Google')
  })

  it('file what they accept into Sent only where that is known', () => {
    const files = (host: string) => presetOfServer(host)?.filesSent
    expect(['smtp.gmail.com', 'IMAP.gmail.com', 'outlook.office365.com', 'imap.zoho.eu'].map(files)).toEqual(
      Array(4).fill(true),
    )
    expect(files('imap.strato.de')).toBeNull()
    expect(files('imap.nexa.example')).toBeUndefined()
  })

  it('have limits and a page on app passwords', () => {
    expect(presetOfAddress('sam@gmail.com')).toMatchObject({
      limits: { perDay: 500 },
      signIn: 'app_password',
      appPasswords: 'https://support.google.com/accounts/answer/185833',
    })
    expect(presetOfMx(['nexa.mail.protection.outlook.com'])).toMatchObject({
      limits: { perDay: 10_000, perHour: 1_800, connections: 3 },
      signIn: 'own_page',
    })
    expect(presetOfMx(['mx0.mail.ovh.net'])).toMatchObject({ limits: { perHour: 200 }, appPasswords: null })
  })
})

describe('an app password of Google', () => {
  it('may be pasted with spaces', () => {
    expect(passwordFor('smtp.gmail.com', ' abcd efgh  ijkl mnop ')).toBe('abcdefghijklmnop')
    expect(passwordFor('imap.gmail.com', 'abcd\u00a0efgh\u00a0ijkl\u00a0mnop')).toBe('abcdefghijklmnop')
  })

  it('is told from a password that has spaces of its own', () => {
    expect(passwordFor('smtp.gmail.com', 'four words and more')).toBe('four words and more')
    expect(passwordFor('smtp.gmail.com', ' abcdefghijklmnop ')).toBe(' abcdefghijklmnop ')
    expect(passwordFor('smtp.nexa.example', 'abcd efgh ijkl mnop')).toBe('abcd efgh ijkl mnop')
  })
})
