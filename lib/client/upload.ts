import { ApiProblem, readAnswer } from "./api"

/**
 * Sends a file as the body of a POST to `/api/v1`. `onProgress` gets the share that is on its way, 0 to 1: what `fetch`
 * cannot tell. Throws `ApiProblem` on any refusal.
 */
export function upload<T>(path: string, file: Blob, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const sent = new XMLHttpRequest()
    sent.open("POST", `/api/v1${path}`)
    sent.setRequestHeader("accept", "application/json")
    sent.setRequestHeader("content-type", file.type || "application/octet-stream")
    sent.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    sent.onload = () => {
      try {
        resolve(readAnswer<T>(sent.status, sent.responseText))
      } catch (refusal) {
        reject(refusal)
      }
    }
    sent.onerror = () =>
      reject(new ApiProblem(0, "unreachable", "The console could not be reached. Nothing was added.", {}, {}))
    sent.send(file)
  })
}
