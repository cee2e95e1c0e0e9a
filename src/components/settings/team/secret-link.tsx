'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'

/** A link that is shown once, with a button that copies it. */
export function SecretLink({ label, url, hint }: { label: string; url: string; hint: string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no')
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    )
  return (
    <div className="grid gap-1.5">
      <Field label={label} hint={hint}>
        <Input readOnly value={url} onFocus={({ target }) => target.select()} className="font-mono text-[12.5px]" />
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <Button size="sm" icon={copied === 'yes' ? Check : Copy} onClick={copy}>
          {copied === 'yes' ? 'Copied' : 'Copy link'}
        </Button>
        <span role="status" className="text-caption text-ink-3">
          {copied === 'refused' && 'The browser does not allow copying here: select the link instead.'}
        </span>
      </div>
    </div>
  )
}
