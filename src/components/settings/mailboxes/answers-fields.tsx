'use client'

import { CardBody } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Select } from '@/components/ui/fields/select'
import { SANDBOX_READER_HOST } from '@/domain/conversation/sandbox-answer'
import { presetOfServer } from '@/domain/mailbox/presets/find-preset'
import { proposedServers, USUAL_IMAP_PORT } from './answers-values'
import type { MailboxFields } from './mailbox-values'

/** Whether and where answers to the mailbox's emails are read. */
export function AnswersFields(fields: MailboxFields) {
  const { values, change } = fields
  return (
    <CardBody className="grid gap-4">
      <Checkbox
        label="Read answers"
        hint="Whoever replies, bounces or asks to be removed gets no further email. Nothing in the mailbox is marked, moved or deleted."
        checked={values.readsAnswers}
        onChange={({ target }) =>
          change({ readsAnswers: target.checked, ...(target.checked ? proposedServers(values) : {}) })
        }
      />
      {values.readsAnswers && (values.imapHost === SANDBOX_READER_HOST ? <InSandbox /> : <WayIn {...fields} />)}
    </CardBody>
  )
}

const InSandbox = () => (
  <p className="text-caption text-ink-3">Read are the answers that are given to emails in the sandbox.</p>
)

function WayIn(fields: MailboxFields) {
  const { values, errors, change } = fields
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-[1fr_120px]">
        <Field label="IMAP server" error={errors.imapHost} required>
          <Input
            value={values.imapHost}
            onChange={({ target }) => change({ imapHost: target.value })}
            placeholder="imap.company.com"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Field label="IMAP port" error={errors.imapPort} required>
          <Input
            type="number"
            min={1}
            max={65535}
            inputMode="numeric"
            value={values.imapPort}
            onChange={({ target }) => change({ imapPort: target.value })}
          />
        </Field>
      </div>
      <Encryption {...fields} />
      <Checkbox
        label="Same user name and password as for sending"
        checked={values.sameLogin}
        onChange={({ target }) => change({ sameLogin: target.checked })}
      />
      {!values.sameLogin && <OwnLogin {...fields} />}
      <Checkbox
        label="Keep a copy of sent emails in Sent"
        hint={
          presetOfServer(values.imapHost)?.filesSent
            ? 'This provider does so by itself; none is added.'
            : 'Added where the provider is known to put none there by itself; the test of the connection finds out.'
        }
        checked={values.appendsSent}
        onChange={({ target }) => change({ appendsSent: target.checked })}
      />
    </>
  )
}

/** With it changes the port, unless another than the usual one was entered. */
function Encryption({ values, change }: MailboxFields) {
  return (
    <Field
      label="IMAP encryption"
      hint={
        values.imapSecurity === 'none'
          ? 'Emails, user name and password can be read on the way: only inside your own network.'
          : 'The server must prove who it is; otherwise nothing is read.'
      }
    >
      <Select
        value={values.imapSecurity}
        onValueChange={(imapSecurity) => {
          const usual = values.imapPort === USUAL_IMAP_PORT[values.imapSecurity] || values.imapPort === ''
          change({ imapSecurity, ...(usual ? { imapPort: USUAL_IMAP_PORT[imapSecurity] } : {}) })
        }}
        options={[
          { value: 'tls', label: 'TLS from the first byte', hint: 'Usual, with port 993' },
          { value: 'starttls', label: 'STARTTLS', hint: 'Usual, with port 143' },
          { value: 'none', label: 'None', hint: 'Readable on the way' },
        ]}
      />
    </Field>
  )
}

function OwnLogin({ values, errors, change }: MailboxFields) {
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label="IMAP user name" error={errors.imapUser} required>
        <Input
          value={values.imapUser}
          onChange={({ target }) => change({ imapUser: target.value })}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <Field
        label="IMAP password"
        hint={
          values.hasImapPassword
            ? 'One is stored, encrypted. Leave empty to keep it.'
            : 'Kept encrypted, never shown again.'
        }
        error={errors.imapPassword}
        required={!values.hasImapPassword}
      >
        <Input
          type="password"
          value={values.imapPassword}
          onChange={({ target }) => change({ imapPassword: target.value })}
          placeholder={values.hasImapPassword ? '••••••••••••' : ''}
          autoComplete="new-password"
        />
      </Field>
    </div>
  )
}
