/** For a run that handles a read's answer itself. */
export { dataOf, siteAnswerMs } from "@passage/automation/read-answer";
