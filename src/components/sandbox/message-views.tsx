'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CardFooter } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data/data-table'
import { formatCount } from '@/components/ui/numbers'
import type { Message } from './api-types'

export function HeadersView({ headers }: { headers: Message['headers'] }) {
  return (
    <DataTable
      caption="Headers of this email"
      rows={headers.map((header, index) => ({ ...header, index }))}
      rowKey={({ index }) => String(index)}
      columns={[
        {
          key: 'name',
          header: 'Header',
          className: 'sm:w-[200px] sm:align-top',
          cell: ({ name }) => <span className="font-medium [overflow-wrap:anywhere]">{name}</span>,
        },
        {
          key: 'value',
          header: 'Value',
          align: 'left',
          card: 'full',
          cell: ({ value }) => (
            <span className="font-mono text-[12px] text-ink-2 leading-5 [overflow-wrap:anywhere]">{value}</span>
          ),
        },
      ]}
    />
  )
}

/** More would stop the browser for seconds; the copy has all of it. */
const SHOWN = 200_000

export function SourceView({ source }: { source: string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no')
  const copy = () =>
    navigator.clipboard.writeText(source).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    )
  return (
    <>
      <pre className="whitespace-pre-wrap px-[18px] py-4 font-mono text-[12px] text-ink-2 leading-5 [overflow-wrap:anywhere]">
        {source.slice(0, SHOWN)}
      </pre>
      <CardFooter>
        <Button size="sm" icon={copied === 'yes' ? Check : Copy} onClick={copy}>
          {copied === 'yes' ? 'Copied' : 'Copy the source'}
        </Button>
        <span role="status" className="text-caption text-ink-3">
          {copied === 'refused'
            ? 'The browser does not allow copying here: select the text instead.'
            : source.length > SHOWN
              ? `The first ${formatCount(SHOWN)} of ${formatCount(source.length)} characters; the copy has all of them.`
              : null}
        </span>
      </CardFooter>
    </>
  )
}
