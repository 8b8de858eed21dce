import { writeFileSync } from 'node:fs'

const file = process.env['WATERWORKS_BENCH_PEAK']
if (file) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)))
