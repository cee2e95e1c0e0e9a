'use client'

import { Search } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import type { FoundServers, ServerOrigin } from '@/domain/mailbox/found-servers'
import type { MailboxPreset, MailServer } from '@/domain/mailbox/presets/preset'
import { api, messageOf } from '@/trpc/react'
import { proposedServers, providerOf } from './answers-values'
import type { MailboxFields } from './mailbox-values'

/**
 * What is known of the provider of the address: its servers, to fill in with one click, and the password it wants. That of a
 * company's own domain is looked up when it is asked for.
 */
export function ProviderNote({ values, change }: Omit<MailboxFields, 'errors'>) {
  const [asked, setAsked] = useState('')
  const address = values.fromEmail.trim()
  const search = api.mailboxes.provider.useQuery(
    { address: asked },
    { enabled: asked !== '' && asked === address, retry: false, staleTime: 60_000 },
  )
  if (values.kind !== 'smtp') return null
  const answer = asked === address ? search.data : undefined
  const preset = providerOf(values) ?? answer?.found
  if (preset) {
    const proposed = proposedServers(values, preset)
    return <Known preset={preset} fill={proposed && (() => change(proposed))} />
  }
  if (answer?.servers) {
    const proposed = proposedServers(values, answer.servers)
    return <Found servers={answer.servers} fill={proposed && (() => change(proposed))} />
  }
  if (!address.includes('@')) return null
  const failed = asked === address ? search.error : null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button icon={Search} pending={search.isFetching} onClick={() => setAsked(address)}>
        {search.isFetching ? 'Looking up the provider' : 'Look up the provider'}
      </Button>
      <p aria-live="polite" className="min-w-0 flex-1 basis-60 text-caption text-ink-2">
        {failed ? messageOf(failed) : answer?.found === null ? UNKNOWN[answer.because] : null}
      </p>
    </div>
  )
}

const UNKNOWN = {
  own_server: 'The domain has email servers of its own, and nobody names them. Enter them below.',
  no_servers: 'The domain has no servers that take email, so nobody could answer. Check the address.',
  no_answer: 'The records of the domain could not be read within 5 s. Enter the servers below, or look again later.',
}

const ORIGINS: Record<ServerOrigin, string> = {
  autoconfig: 'The domain names its servers.',
  provider_list: 'Mozilla’s list of providers names the servers of the domain.',
  service_records: 'The records of the domain name its servers.',
  usual_names: 'Servers answer under the usual names. Compare them with what your provider says.',
}

function Found({ servers: { origin, smtp, imap, user }, fill }: { servers: FoundServers; fill: (() => void) | null }) {
  const lines = [
    smtp ? `For sending: ${serverWords(smtp)}.` : 'No server for sending was found: enter it below.',
    imap ? `For answers: ${serverWords(imap)}.` : 'No server for answers was found: enter it below.',
    user ? `User name: ${user}.` : '',
  ]
  return (
    <Callout
      title={ORIGINS[origin]}
      action={
        fill && (
          <Button size="sm" onClick={fill}>
            Fill in its servers
          </Button>
        )
      }
    >
      {lines.filter((line) => line !== '').join(' ')}
    </Callout>
  )
}

const SECURITY_WORDS = { tls: 'TLS', starttls: 'STARTTLS', none: 'no encryption' }
const serverWords = ({ host, port, security }: MailServer) => `${host}:${port} (${SECURITY_WORDS[security]})`

function Known({ preset, fill }: { preset: MailboxPreset; fill: (() => void) | null }) {
  return (
    <Callout
      title={`${preset.name} is the provider of this mailbox.`}
      action={
        fill && (
          <Button size="sm" onClick={fill}>
            Fill in its servers
          </Button>
        )
      }
    >
      {signInWords(preset)}
      {preset.appPasswords && (
        <>
          {' '}
          <a
            href={preset.appPasswords}
            target="_blank"
            rel="noopener noreferrer"
            className="rounded-small font-medium text-accent underline underline-offset-2"
          >
            {preset.name} on passwords for other programs
          </a>
        </>
      )}
    </Callout>
  )
}

const GOOGLE_GUIDE =
  'Google wants a password made for this program. In your Google account switch on 2-Step Verification, open “App passwords”, make one, and paste its 16 letters below, with or without spaces. Where an organisation forbids them, sign in on the page of Google.'

function signInWords({ name, signIn }: MailboxPreset): string {
  if (signIn === 'password') return 'Sign in with the password of the mailbox.'
  if (name === 'Google') return GOOGLE_GUIDE
  if (signIn === 'app_password') return `${name} wants a password made for this program, not the one of the account.`
  if (name === 'Microsoft 365')
    return 'Microsoft 365 lets programs in by its own page: save the mailbox, and sign in on its page. A password works only where the organisation still allows it.'
  return `${name} lets in fewer and fewer programs by password: it works only where the account still allows it.`
}
