'use client'

import { LogIn } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { OAUTH_LABELS, OAUTH_PROVIDERS, type OauthProvider } from '@/domain/mailbox/oauth'
import { presetOfAddress, presetOfPublicServer } from '@/domain/mailbox/presets/find-preset'
import { api, messageOf } from '@/trpc/react'
import type { Mailbox } from '../api-types'

const PROVIDER_OF: Readonly<Record<string, OauthProvider>> = {
  Google: 'google',
  'Microsoft 365': 'microsoft',
  'Outlook.com': 'microsoft',
}

/** The providers whose page the mailbox can sign in on: its own where that is known, else those that are set up. */
function providersOf({ fromEmail, smtpHost }: Mailbox, setUp: readonly OauthProvider[]): OauthProvider[] {
  const preset = presetOfPublicServer(smtpHost ?? '') ?? presetOfAddress(fromEmail)
  const own = preset && PROVIDER_OF[preset.name]
  return own ? [own] : OAUTH_PROVIDERS.filter((provider) => !preset && setUp.includes(provider))
}

/** Signing in on the provider's own page, in place of a password; nothing where no provider of the mailbox has one. */
export function SignInCard({ mailbox, unsaved }: { mailbox: Mailbox; unsaved: boolean }) {
  const utils = api.useUtils()
  const clients = api.mailboxes.oauthClients.useQuery()
  const start = api.mailboxes.startSignIn.useMutation({ onSuccess: ({ url }) => window.location.assign(url) })
  const end = api.mailboxes.endSignIn.useMutation({ onSettled: () => utils.mailboxes.invalidate() })
  const setUp = clients.data?.flatMap(({ provider, clientId }) => (clientId === null ? [] : [provider])) ?? []
  const { signIn } = mailbox
  const providers = providersOf(mailbox, setUp)
  if (mailbox.kind !== 'smtp' || (!signIn && providers.length === 0)) return null
  const failed = start.error ?? end.error
  return (
    <Card>
      <CardHeader title="Sign-in" />
      <CardBody className="grid justify-items-start gap-3">
        <p className="text-ink-2">
          {signIn
            ? `This mailbox signed in on the page of ${OAUTH_LABELS[signIn.provider]}. No password is used.`
            : 'In place of a password, the mailbox can sign in on the page of its provider.'}
        </p>
        {signIn?.endedReason && (
          <Callout tone="failed" title="Sign in again.">
            {signIn.endedReason}
          </Callout>
        )}
        {providers.map((provider) =>
          setUp.includes(provider) ? (
            <Button
              key={provider}
              icon={LogIn}
              variant={signIn?.endedReason ? 'primary' : undefined}
              disabled={unsaved}
              pending={start.isPending}
              onClick={() => start.mutate({ mailboxId: mailbox.id, provider })}
            >
              {signIn ? 'Sign in again' : 'Sign in'} with {OAUTH_LABELS[provider]}
            </Button>
          ) : (
            <p key={provider} className="text-caption text-ink-3">
              Enter a client of {OAUTH_LABELS[provider]} below the list of mailboxes first.
            </p>
          ),
        )}
        {signIn && (
          <Button size="sm" pending={end.isPending} onClick={() => end.mutate({ mailboxId: mailbox.id })}>
            Use a password instead
          </Button>
        )}
        {failed && (
          <p role="alert" className="text-failed-ink">
            {messageOf(failed)}
          </p>
        )}
      </CardBody>
    </Card>
  )
}
