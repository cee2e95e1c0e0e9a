import { z } from 'zod'
import { type ColumnTarget, isColumnTarget } from '@/domain/lead/csv-mapping'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { OPT_OUT_CHOICES } from '@/domain/lead/opt-outs'
import { csvInput } from './csv-input'

const target = z
  .string()
  .max(200)
  .refine(isColumnTarget, 'A column goes to a field of leads, to "custom:<key>" or to "ignore".')

/** A file of leads, how it is read, and the batch that it goes into. */
export const leadFileInput = {
  ...csvInput,
  batchId: z.uuid().optional(),
  batchName: z.string().trim().min(1, 'Give the batch a name.').max(200).optional(),
  mapping: z
    .array(target.transform((value) => value as ColumnTarget))
    .max(IMPORT_LIMITS.columns)
    .optional(),
  optOuts: z.enum(OPT_OUT_CHOICES).optional(),
}
