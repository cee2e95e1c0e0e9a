'use client'

import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { renderSVG } from 'uqr'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Dialog } from '@/components/ui/overlays/dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api } from '@/trpc/react'
import { beginTwoFactor, endTwoFactor, renewBackupCodes, verifyCode } from './auth-client'
import type { TwoFactorAct } from './two-factor-card'

type Step = { kind: 'password' } | { kind: 'app'; uri: string; codes: string[] } | { kind: 'codes'; codes: string[] }

const TITLES: Record<TwoFactorAct, string> = {
  begin: 'Turn the second factor on',
  end: 'Turn the second factor off',
  renew: 'Make new backup codes',
}

/** Asks for the password, then shows what there is to keep: the secret for the app, and the backup codes, this once. */
export function TwoFactorDialog({ act, onClose }: { act: TwoFactorAct; onClose: () => void }) {
  const utils = api.useUtils()
  const formId = useId()
  const [step, setStep] = useState<Step>({ kind: 'password' })
  const [typed, setTyped] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const go = (next: Step) => {
    setTyped('')
    setRefusal(null)
    setStep(next)
  }
  const finish = async (words: string) => {
    notifyDone(words)
    await utils.account.get.invalidate()
  }
  const send = async (): Promise<string | null> => {
    if (step.kind === 'app') {
      const answer = await verifyCode({ code: typed })
      if (!answer.ok) return answer.message
      await finish('The second factor is on.')
      go({ kind: 'codes', codes: step.codes })
      return null
    }
    if (act === 'begin') {
      const answer = await beginTwoFactor(typed)
      if (!answer.ok) return answer.message
      go({ kind: 'app', uri: answer.data.totpURI, codes: answer.data.backupCodes })
      return null
    }
    if (act === 'renew') {
      const answer = await renewBackupCodes(typed)
      if (!answer.ok) return answer.message
      go({ kind: 'codes', codes: answer.data.backupCodes })
      return null
    }
    const answer = await endTwoFactor(typed)
    if (!answer.ok) return answer.message
    await finish('The second factor is off.')
    onClose()
    return null
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (pending || typed === '') return
    setPending(true)
    setRefusal(await send())
    setPending(false)
  }
  if (step.kind === 'codes') return <KeepCodes codes={step.codes} onClose={onClose} />
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={TITLES[act]}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" pending={pending}>
            {step.kind === 'app' ? 'Turn on' : 'Continue'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        {refusal && <ErrorState title={refusal} />}
        {step.kind === 'app' && <AppSecret uri={step.uri} />}
        <Typed isCode={step.kind === 'app'} value={typed} onChange={setTyped} />
      </form>
    </Dialog>
  )
}

function Typed({ isCode, value, onChange }: { isCode: boolean; value: string; onChange: (next: string) => void }) {
  return isCode ? (
    <Field label="Code" hint="The six digits that the app shows now." required>
      <Input
        key="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  ) : (
    <Field label="Your password" required>
      <Input
        key="password"
        type="password"
        autoComplete="current-password"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  )
}

/** The secret as a picture for the app's camera, and as text. */
function AppSecret({ uri }: { uri: string }): ReactNode {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`
  return (
    <div className="grid justify-items-center gap-3">
      {/* biome-ignore lint/performance/noImgElement: made on the page, nothing is fetched */}
      <img
        src={picture}
        alt="QR code of the secret"
        width={176}
        height={176}
        className="rounded-small border bg-white"
      />
      <p className="text-center text-control text-ink-2">
        Scan it with your authenticator app, or enter this key there:{' '}
        <code className="font-mono text-ink [overflow-wrap:anywhere]">{secret}</code>
      </p>
    </div>
  )
}

function KeepCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Keep these backup codes"
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="grid gap-3">
        <p className="text-control text-ink-2">
          Each signs you in once, should the phone be gone. They are shown only now; former ones do not work any more.
        </p>
        <ul aria-label="Backup codes" className="grid grid-cols-2 gap-2 rounded-control border bg-sunken p-3 font-mono">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
