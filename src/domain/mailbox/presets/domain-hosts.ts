import { type MailboxPreset, NO_LIMITS_KNOWN, tls } from './preset'

/** Hosts of own domains: known by the MX records of those alone, and signed in to with the mailbox's own password. */
export const DOMAIN_HOSTS: readonly MailboxPreset[] = [
  ionos('de', ['ionos.de', 'kundenserver.de', '1und1.de']),
  ionos('com', ['ionos.com', 'perfora.net', '1and1.com']),
  ionos('co.uk', ['ionos.co.uk', '1and1.co.uk']),
  ionos('fr', ['ionos.fr', '1and1.fr']),
  ionos('es', ['ionos.es', '1and1.es']),
  {
    name: 'OVHcloud',
    domains: [],
    mx: ['mail.ovh.net', 'ovh.net'],
    smtp: tls('ssl0.ovh.net', 465),
    imap: tls('ssl0.ovh.net', 993),
    filesSent: null,
    spf: 'mx.ovh.com',
    limits: { perDay: null, perHour: 200, connections: null },
    signIn: 'password',
    appPasswords: null,
  },
  {
    name: 'Strato',
    domains: [],
    mx: ['rzone.de'],
    smtp: tls('smtp.strato.de', 465),
    imap: tls('imap.strato.de', 993),
    filesSent: null,
    spf: null,
    limits: NO_LIMITS_KNOWN,
    signIn: 'password',
    appPasswords: null,
  },
  {
    name: 'Hetzner',
    domains: [],
    mx: ['your-server.de'],
    smtp: tls('mail.your-server.de', 465),
    imap: tls('mail.your-server.de', 993),
    filesSent: null,
    spf: null,
    limits: NO_LIMITS_KNOWN,
    signIn: 'password',
    appPasswords: null,
  },
  {
    name: 'Infomaniak',
    domains: ['ik.me', 'ikmail.com', 'etik.com'],
    mx: ['infomaniak.ch', 'infomaniak.com'],
    smtp: tls('mail.infomaniak.com', 465),
    imap: tls('mail.infomaniak.com', 993),
    filesSent: null,
    spf: 'spf.infomaniak.ch',
    limits: NO_LIMITS_KNOWN,
    signIn: 'app_password',
    appPasswords: 'https://www.infomaniak.com/en/support/faq/2454',
  },
]

/** Each country has servers under its own name. */
function ionos(end: string, mx: readonly string[]): MailboxPreset {
  return {
    name: 'IONOS',
    domains: [],
    mx,
    smtp: tls(`smtp.ionos.${end}`, 465),
    imap: tls(`imap.ionos.${end}`, 993),
    filesSent: null,
    spf: null,
    // After the first month of an account; 50 in its first week.
    limits: { perDay: null, perHour: 500, connections: null },
    signIn: 'password',
    appPasswords: null,
  }
}
