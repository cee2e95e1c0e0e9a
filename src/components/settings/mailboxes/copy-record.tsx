'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'

/** A record to add to a domain: where it stands, of which type, and its value to copy. */
export function CopyRecord({
  record: { host, type, value },
}: {
  record: { host: string; type: string; value: string }
}) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no')
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    )
  return (
    <div className="mt-1 grid justify-items-start gap-1.5 rounded-small border p-2 text-caption">
      <span className="text-ink-2">
        {type} record at <span className="font-mono">{host}</span>
      </span>
      <code className="font-mono text-ink">{value}</code>
      <Button size="sm" icon={copied === 'yes' ? Check : Copy} onClick={copy} aria-label={`Copy the record of ${host}`}>
        {copied === 'yes' ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className="text-ink-3">
        {copied === 'refused' && 'The browser does not allow copying here: select the text instead.'}
      </span>
    </div>
  )
}
