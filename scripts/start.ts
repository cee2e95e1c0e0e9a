import { serve } from './lib/app/serve'
import { runScript } from './lib/run-script'

await runScript(() => serve('production'))
