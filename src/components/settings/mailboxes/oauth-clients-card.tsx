'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { notifyDone } from '@/components/ui/overlays/toast'
import { OAUTH_LABELS } from '@/domain/mailbox/oauth'
import { api, messageOf } from '@/trpc/react'
import type { OauthClient } from '../api-types'

/** How this installation is known to Microsoft and Google, so that mailboxes sign in on their pages. */
export function OauthClientsCard() {
  const clients = api.mailboxes.oauthClients.useQuery()
  if (!clients.data) return null
  return (
    <Card>
      <CardHeader title="Sign-in pages of providers" />
      <CardBody className="grid gap-6">
        <p className="text-ink-2">
          Microsoft 365 lets programs in by its own page alone, and Google offers one. Register this installation there
          as a web application, with the redirect URL below, and enter what you get.
        </p>
        {clients.data.map((client) =>
          client.fromEnvironment ? (
            <GivenClient key={client.provider} client={client} />
          ) : (
            <ClientForm key={client.provider} client={client} />
          ),
        )}
      </CardBody>
    </Card>
  )
}

const ReturnAddress = ({ redirectUri }: Pick<OauthClient, 'redirectUri'>) => (
  <p className="text-caption text-ink-2 [overflow-wrap:anywhere]">
    Redirect URL: <code className="font-mono">{redirectUri}</code>
  </p>
)

/** A client that the environment names: it is shown, and cannot be changed here. */
function GivenClient({
  client: { provider, clientId, hasSecret, tenant, authority, redirectUri },
}: {
  client: OauthClient
}) {
  const facts = [
    ['Client ID', clientId],
    ['Client secret', hasSecret ? 'Given, never shown.' : 'None'],
    ['Tenant', tenant],
    ['Address of the cloud', authority],
  ].filter(([, value]) => value !== null)
  return (
    <div className="grid gap-3">
      <h3 className="font-semibold">{OAUTH_LABELS[provider]}</h3>
      <ReturnAddress redirectUri={redirectUri} />
      <dl className="grid gap-x-4 gap-y-1 text-control sm:grid-cols-[auto_1fr] [overflow-wrap:anywhere]">
        {facts.map(([name, value]) => (
          <div key={name} className="grid gap-x-4 sm:col-span-2 sm:grid-cols-subgrid">
            <dt className="text-ink-2">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-caption text-ink-2">
        From the environment of this installation ({provider.toUpperCase()}_CLIENT_ID), which comes before what is
        entered here.
      </p>
    </div>
  )
}

function ClientForm({ client }: { client: OauthClient }) {
  const { provider, redirectUri, hasSecret } = client
  const label = OAUTH_LABELS[provider]
  const utils = api.useUtils()
  const [values, setValues] = useState({
    clientId: client.clientId ?? '',
    secret: '',
    tenant: client.tenant ?? '',
    authority: client.authority ?? '',
  })
  const change = (patch: Partial<typeof values>) => setValues((before) => ({ ...before, ...patch }))
  const save = api.mailboxes.saveOauthClient.useMutation({
    onSuccess: async () => {
      change({ secret: '' })
      await utils.mailboxes.oauthClients.invalidate()
      notifyDone(`The client of ${label} is saved.`)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { clientId, secret, tenant, authority } = values
    save.mutate({
      provider,
      clientId,
      ...(secret.trim() ? { secret } : {}),
      tenant: tenant.trim() || null,
      authority: authority.trim() || null,
    })
  }
  const input = (field: keyof typeof values, type?: 'password') => (
    <Input
      value={values[field]}
      onChange={({ target }) => change({ [field]: target.value })}
      autoComplete={type ? 'new-password' : 'off'}
      spellCheck={false}
      {...(type && { type })}
    />
  )
  return (
    <form onSubmit={submit} className="grid gap-3">
      <h3 className="font-semibold">{label}</h3>
      <ReturnAddress redirectUri={redirectUri} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={`${label} client ID`}>{input('clientId')}</Field>
        <Field
          label={`Client secret of ${label}`}
          optional
          hint={hasSecret ? 'One is stored, encrypted. Leave empty to keep it.' : 'Kept encrypted, never shown again.'}
        >
          {input('secret', 'password')}
        </Field>
        {provider === 'microsoft' && (
          <>
            <Field label="Tenant" optional hint="Empty: accounts of any organisation.">
              {input('tenant')}
            </Field>
            <Field
              label="Address of the cloud"
              optional
              hint="Empty: the public one. US government: https://login.microsoftonline.us. China: https://login.partner.microsoftonline.cn."
            >
              {input('authority')}
            </Field>
          </>
        )}
      </div>
      <div>
        <Button type="submit" disabled={values.clientId.trim() === ''} pending={save.isPending}>
          Save the client of {label}
        </Button>
      </div>
      {save.error && <ErrorState title={messageOf(save.error)} untouched="Nothing was saved." />}
    </form>
  )
}
