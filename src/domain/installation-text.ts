import { counted } from './counted'
import { differingParts, type Installation, type InstallationPart } from './installation'

/** What sealed in the database a key does not open. */
export type Unopened = { mailboxes: string[]; leadSources: string[] }

/** What a change of the installation reaches. */
export type Reach = Unopened & {
  /** Emails that were sent so far, whose links are with their recipients. */
  emailsSent: number
  /** Running campaigns with the mailbox of SMTP_URL, and how many emails each has still planned from it. */
  campaigns: { name: string; emails: number }[]
}

const ACCEPT =
  'If the change is meant: "npm run installation" shows what it affects, "npm run installation -- accept" makes it.'

/** The refusal of a process whose installation is not the database's: each difference, with what puts it right. */
export const differsText = (stored: Installation, present: Installation): string =>
  [
    'This database belongs to another installation. Nothing was started or changed.',
    ...differingParts(stored, present).map((part) => `- ${differenceText(part, stored, present)}`),
    ACCEPT,
  ].join('\n')

function differenceText(part: InstallationPart, stored: Installation, present: Installation): string {
  switch (part) {
    case 'encryption_key': {
      const here = present.keyFingerprint ? `another one here (${keyText(present)})` : 'none here'
      return (
        `Encryption key: the database was started with one (${keyText(stored)}), there is ${here}. Set ENCRYPTION_KEY and ` +
        'AUTH_SECRET to those of that installation: its environment has them, or its .data/secrets.json.'
      )
    }
    case 'mode':
      return present.live
        ? 'Email: it stays in the sandbox inbox there, and would really leave here, since SMTP_URL is set. Leave SMTP_URL out; a further worker of a sandbox runs in the folder of its app.'
        : 'Email: it really leaves there, and would stay in a sandbox inbox here, counted as sent. Set SMTP_URL to the same server.'
    case 'public_address':
      return (
        `Public address: ${addressText(stored)} there, ${addressText(present)} here. ` +
        (stored.publicAddress ? `Set APP_URL=${stored.publicAddress}.` : 'Leave APP_URL out.')
      )
  }
}

/** The refusal of a process whose key is a new one, while what is stored is sealed with one of its former keys. */
export const rotationText =
  'ENCRYPTION_KEY is a new one here, and what the database holds is sealed with the former. Nothing was started or changed. ' +
  'Run "npm run keys:rotate", which seals it anew; unsubscribe links stay valid.'

/** The refusal of a process whose key does not open what an earlier version has stored. */
export const unopenedText = (unopened: Unopened, hasKey: boolean): string =>
  [
    `This database belongs to another installation. Nothing was started or changed.`,
    `- Encryption key: ${hasKey ? 'the one here does not open' : 'there is none here to open'} ${sealedText(unopened)}. Set ` +
      'ENCRYPTION_KEY and AUTH_SECRET to those of that installation: its environment has them, or its .data/secrets.json.',
    ACCEPT,
  ].join('\n')

/** One part of an installation a line, as in "encryption key   3f9a…". */
export const describeInstallation = (installation: Installation): string[] => [
  `encryption key   ${keyText(installation)}`,
  `email            ${installation.live ? 'live: really leaves, by SMTP_URL' : 'sandbox: stays on this machine'}`,
  `public address   ${addressText(installation)}`,
]

/** What accepting `present` changes, a sentence for each part; empty when nothing differs. */
export function describeEffects(stored: Installation | null, present: Installation, reach: Reach): string[] {
  const parts = stored ? differingParts(stored, present) : []
  const sealed = sealedText(reach)
  const keyChanges = parts.includes('encryption_key') || (!stored && sealed !== '')
  return [
    ...(keyChanges ? [keyEffect(sealed, reach)] : []),
    ...(parts.includes('mode') ? [modeEffect(present.live, reach.campaigns)] : []),
    ...(stored && parts.includes('public_address') ? [addressEffect(stored, present, reach)] : []),
  ]
}

function keyEffect(sealed: string, { emailsSent, mailboxes, leadSources }: Reach): string {
  const again = mailboxes.length + leadSources.length === 1 ? 'it' : 'them'
  const stored = sealed
    ? `this key does not open ${sealed}: enter ${again} again.`
    : 'nothing that is stored needs the former one.'
  const links =
    emailsSent > 0
      ? ` Unsubscribe links in ${counted(emailsSent, 'email')} sent before stop working, and who was erased after a no is not recognised any more.`
      : ''
  return `Encryption key: ${stored}${links}`
}

function modeEffect(live: boolean, campaigns: Reach['campaigns']): string {
  const none = live ? 'What starts from now on really leaves.' : 'What starts from now on stays on this machine.'
  if (campaigns.length === 0) return `Email: no running campaign is affected. ${none}`
  const names = campaigns.map(({ name, emails }) => `"${name}" (${counted(emails, 'email')} planned)`).join(', ')
  const count = counted(campaigns.length, 'running campaign')
  return live
    ? `Email: ${count} will really go out: ${names}.`
    : `Email: ${count} will stay on this machine, counted as sent: ${names}.`
}

function addressEffect(stored: Installation, present: Installation, { emailsSent }: Reach): string {
  const before = emailsSent > 0 ? `; those in ${counted(emailsSent, 'email')} sent before still lead to the former` : ''
  return `Public address: links in emails begin with ${addressText(present)} instead of ${addressText(stored)}${before}.`
}

function sealedText({ mailboxes, leadSources }: Unopened): string {
  const passwords =
    mailboxes.length > 0 ? [`the password of ${counted(mailboxes.length, 'mailbox')} (${mailboxes.join(', ')})`] : []
  const keys =
    leadSources.length > 0
      ? [`the key of ${counted(leadSources.length, 'lead source')} (${leadSources.join(', ')})`]
      : []
  return [...passwords, ...keys].join(' and ')
}

const keyText = ({ keyFingerprint }: Installation) =>
  keyFingerprint ? `fingerprint ${keyFingerprint.slice(0, 8)}` : 'none'
const addressText = ({ publicAddress }: Installation) => publicAddress ?? 'none but this machine'
