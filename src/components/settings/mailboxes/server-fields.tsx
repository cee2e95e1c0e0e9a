'use client'

import { Checkbox } from '@/components/ui/fields/checkbox'
import { Field } from '@/components/ui/fields/field'
import { Input, InputWithUnit } from '@/components/ui/fields/input'
import { Select } from '@/components/ui/fields/select'
import { type MailboxFields, USUAL_PORT } from './mailbox-values'

/** Where an own mail server is and how to log in to it. */
export function ServerFields({ hasPassword, ...fields }: MailboxFields & { hasPassword: boolean }) {
  const { values, errors, change } = fields
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-[1fr_120px]">
        <Field label="Server" error={errors.smtpHost} required>
          <Input
            value={values.smtpHost}
            onChange={({ target }) => change({ smtpHost: target.value })}
            placeholder="smtp.company.com"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Field label="Port" error={errors.smtpPort} required>
          <Input
            type="number"
            min={1}
            max={65535}
            inputMode="numeric"
            value={values.smtpPort}
            onChange={({ target }) => change({ smtpPort: target.value })}
          />
        </Field>
      </div>
      <Encryption {...fields} />
      <Login {...fields} hasPassword={hasPassword} />
      <Field
        label="Connections at once"
        hint="How many the server allows; 5 does for most."
        error={errors.maxConnections}
      >
        <InputWithUnit
          type="number"
          min={1}
          max={50}
          inputMode="numeric"
          className="w-24 shrink-0"
          value={values.maxConnections}
          onChange={({ target }) => change({ maxConnections: target.value })}
          after="at most"
        />
      </Field>
      <Field
        label="Name in the greeting (EHLO)"
        optional
        hint="Empty: the host of this installation's public address, or else the sender's domain. Some servers know only one name."
        error={errors.greetingName}
      >
        <Input
          value={values.greetingName}
          onChange={({ target }) => change({ greetingName: target.value })}
          placeholder="crm.company.com"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
    </>
  )
}

/** With it changes the port, unless another than the usual one was entered. */
function Encryption({ values, change }: MailboxFields) {
  return (
    <Field
      label="Encryption"
      hint={
        values.smtpSecurity === 'none'
          ? 'Emails, user name and password can be read on the way: only inside your own network.'
          : 'The server must prove who it is; otherwise nothing is sent.'
      }
    >
      <Select
        value={values.smtpSecurity}
        onValueChange={(smtpSecurity) => {
          const usual = values.smtpPort === USUAL_PORT[values.smtpSecurity] || values.smtpPort === ''
          change({ smtpSecurity, ...(usual ? { smtpPort: USUAL_PORT[smtpSecurity] } : {}) })
        }}
        options={[
          { value: 'starttls', label: 'STARTTLS', hint: 'Usual, with port 587' },
          { value: 'tls', label: 'TLS from the first byte', hint: 'Usual, with port 465' },
          { value: 'none', label: 'None', hint: 'Readable on the way' },
        ]}
      />
    </Field>
  )
}

function Login({ values, errors, change, hasPassword }: MailboxFields & { hasPassword: boolean }) {
  const keeps = hasPassword && !values.removePassword
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="User name" optional error={errors.smtpUser}>
          <Input
            value={values.smtpUser}
            onChange={({ target }) => change({ smtpUser: target.value })}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Field
          label="Password"
          optional
          hint={
            keeps
              ? 'One is stored, encrypted. Leave empty to keep it.'
              : 'Kept encrypted, never shown again. Some providers want an app password.'
          }
          error={errors.smtpPassword}
        >
          <Input
            type="password"
            value={values.smtpPassword}
            onChange={({ target }) => change({ smtpPassword: target.value })}
            placeholder={keeps ? '••••••••••••' : ''}
            autoComplete="new-password"
            disabled={values.removePassword}
          />
        </Field>
      </div>
      {hasPassword && (
        <Checkbox
          label="Remove the stored password"
          hint="For a server that asks for no login."
          checked={values.removePassword}
          onChange={({ target }) => change({ removePassword: target.checked, smtpPassword: '' })}
          className="-my-1"
        />
      )}
    </>
  )
}
