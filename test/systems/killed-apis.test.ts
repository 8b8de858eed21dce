import { killedApis } from '../hostile-source/killed-apis.ts'

killedApis(30, 'large')
