'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import type { MailboxPreset } from '@/domain/mailbox/presets/preset'
import { proposedServers, providerOf } from './answers-values'
import type { MailboxFields } from './mailbox-values'

/** What is known of the provider of the address: its servers, to fill in with one click, and the password it wants. */
export function ProviderNote({ values, change }: Omit<MailboxFields, 'errors'>) {
  const preset = providerOf(values)
  if (!preset || values.kind !== 'smtp') return null
  const proposed = proposedServers(values)
  return (
    <Callout
      title={`${preset.name} is the provider of this mailbox.`}
      action={
        proposed && (
          <Button size="sm" onClick={() => change(proposed)}>
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

function signInWords({ name, signIn }: MailboxPreset): string {
  if (signIn === 'password') return 'Sign in with the password of the mailbox.'
  if (signIn === 'app_password') return `${name} wants a password made for this program, not the one of the account.`
  return `${name} lets in fewer and fewer programs by password: it works only where the account still allows it.`
}
