'use client'

import { Download } from 'lucide-react'
import { useMayManage, useMayWrite } from '@/components/shell/user'
import { buttonStyle } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { EXPORTS } from '@/domain/lists/exports'
import { type ExportQuery, routes } from '@/routes'

/** Gives the list, as it is filtered, as a CSV file; for those who may have it. */
export function ExportLink({ className, ...query }: ExportQuery & { className?: string }) {
  const may = { member: useMayWrite(), admin: useMayManage() }
  if (!may[EXPORTS[query.list].access]) return null
  return (
    <a href={routes.exportList(query)} download className={cn(buttonStyle(), className)}>
      <Download aria-hidden />
      Export CSV
    </a>
  )
}
