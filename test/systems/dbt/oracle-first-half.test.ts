import { holdFixtures } from './hold-fixtures.ts'

holdFixtures(0, 2)
