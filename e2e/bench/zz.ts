import { measureFalseRollbacks } from "./false-rollbacks"
console.log(JSON.stringify(await measureFalseRollbacks()))
