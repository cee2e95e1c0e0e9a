'use client'

import { useForm } from '@/components/hooks/use-form'
import { useHealth } from '@/components/shell/health'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card'
import { useNow } from '@/components/ui/clock'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input, Textarea } from '@/components/ui/fields/input'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { Stack } from '@/components/ui/layout'
import type { MailboxInput } from '@/domain/mailbox/mailbox-input'
import { SaveNote, saveState } from '../save-note'
import { AnswersFields } from './answers-fields'
import { placeWords } from './mailbox-text'
import type { MailboxFields, MailboxValues } from './mailbox-values'
import { PaceFields } from './pace-fields'
import { ServerFields } from './server-fields'

const checks = later(() => import('./mailbox-checks'))
// Of mailboxes with a server of their own alone.
const provider = later(() => import('./provider-note'))

/** Everything about a mailbox, saved by one button. */
export function MailboxForm({
  initial,
  hasPassword,
  saving,
  saved,
  error,
  submitLabel,
  onSubmit,
  onChange,
}: {
  initial: MailboxValues
  /** A password is stored; it is never shown. */
  hasPassword: boolean
  saving: boolean
  saved: boolean
  /** Why the server refused it. */
  error: string | null
  submitLabel: string
  onSubmit: (input: MailboxInput) => void
  onChange: () => void
}) {
  const now = useNow(60_000)
  const { values, errors, touched, marked, change, form } = useForm({
    initial,
    read: async (typed) => (await checks.load()).readMailbox(typed, now ?? new Date()),
    onSubmit,
    onChange,
  })
  const fields = { values, errors, change }
  return (
    <form {...form}>
      <Stack>
        <Card>
          <CardHeader title="Sender" />
          <SenderFields {...fields} />
        </Card>
        <Card>
          <CardHeader title="Server" />
          <CardBody className="grid gap-4">
            <PlaceChoice {...fields} />
            {values.kind === 'smtp' && (
              <Deferred part={provider} waiting={null}>
                {({ ProviderNote }) => <ProviderNote values={values} change={change} />}
              </Deferred>
            )}
            {values.kind === 'smtp' && <ServerFields {...fields} hasPassword={hasPassword} />}
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Answers" />
          <AnswersFields {...fields} />
        </Card>
        <Card>
          <CardHeader title="Pace and window" />
          <PaceFields {...fields} />
          <CardFooter>
            <Button type="submit" variant="primary" pending={saving} disabled={!touched}>
              {submitLabel}
            </Button>
            <SaveNote state={saveState({ pending: saving, refused: marked || error !== null, saved, touched })} />
            {error && <ErrorState title={error} untouched="Nothing was saved." className="w-full" />}
          </CardFooter>
        </Card>
      </Stack>
    </form>
  )
}

/** Whether it sends through the server of the installation, or one of its own. */
function PlaceChoice({ values, change }: MailboxFields) {
  const sandbox = useHealth().data?.mode === 'sandbox'
  return (
    <RadioCards
      legend="Emails leave through"
      columns={2}
      value={values.kind}
      onValueChange={(kind) => change({ kind })}
      options={(['environment', 'smtp'] as const).map((kind) => {
        const { name, hint } = placeWords({ kind }, sandbox)
        return { value: kind, label: name, hint }
      })}
    />
  )
}

function SenderFields({ values, errors, change }: MailboxFields) {
  return (
    <CardBody className="grid gap-4">
      <Field label="Name of this mailbox" hint="Only you and your team see it." error={errors.name} required>
        <Input value={values.name} onChange={({ target }) => change({ name: target.value })} />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="From name" hint="Recipients see it." error={errors.fromName} required>
          <Input
            value={values.fromName}
            onChange={({ target }) => change({ fromName: target.value })}
            placeholder="Sam Porter"
          />
        </Field>
        <Field label="From address" error={errors.fromEmail} required>
          <Input
            type="email"
            value={values.fromEmail}
            onChange={({ target }) => change({ fromEmail: target.value })}
            placeholder="sam@company.com"
          />
        </Field>
      </div>
      <Field label="Reply-to address" optional hint="Empty: replies go to the From address." error={errors.replyTo}>
        <Input type="email" value={values.replyTo} onChange={({ target }) => change({ replyTo: target.value })} />
      </Field>
      <Field
        label="Further addresses"
        optional
        hint="One a line: what this mailbox also sends from. Emails from them are your own, and nobody’s answers."
        error={errors.aliases}
      >
        <Textarea
          rows={2}
          value={values.aliases}
          onChange={({ target }) => change({ aliases: target.value })}
          spellCheck={false}
        />
      </Field>
      <Field label="Signature" optional hint="Stands between the text and the postal address." error={errors.signature}>
        <Textarea rows={3} value={values.signature} onChange={({ target }) => change({ signature: target.value })} />
      </Field>
    </CardBody>
  )
}
