// The peer: transformers.js with onnxruntime-node behind a plain HTTP server, as its guides show it.
// POST /analyse takes a JPEG and answers the probabilities of the texts whose vectors it was started with.
// usage: node server.mjs FOLDER THREADS, where FOLDER has config.json, preprocessor_config.json,
// onnx/vision_model.onnx and texts.json {scale, vectors}
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AutoProcessor, CLIPVisionModelWithProjection, RawImage, env } from '@huggingface/transformers'

const [folder, threads] = process.argv.slice(2)
env.allowRemoteModels = false
env.localModelPath = dirname(folder)
const { scale, vectors } = JSON.parse(readFileSync(join(folder, 'texts.json')))
const processor = await AutoProcessor.from_pretrained(basename(folder))
const model = await CLIPVisionModelWithProjection.from_pretrained(basename(folder), {
  dtype: 'fp32', // the file named vision_model.onnx, whatever is inside
  device: 'cpu',
  session_options: { intraOpNumThreads: Number(threads), interOpNumThreads: 1 },
})

async function analyse(jpeg) {
  const image = await RawImage.read(new Blob([jpeg], { type: 'image/jpeg' }))
  const { image_embeds } = await model(await processor(image))
  const vector = image_embeds.data
  const length = Math.hypot(...vector)
  const logits = vectors.map(text => (scale * text.reduce((sum, x, i) => sum + x * vector[i], 0)) / length)
  const greatest = Math.max(...logits)
  const weights = logits.map(logit => Math.exp(logit - greatest))
  const sum = weights.reduce((a, b) => a + b)
  return weights.map(weight => weight / sum)
}

const server = createServer((request, response) => {
  const chunks = []
  request.on('data', chunk => chunks.push(chunk))
  request.on('end', () => {
    analyse(Buffer.concat(chunks)).then(
      answer => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
      failure => response.writeHead(500).end(String(failure)),
    )
  })
})
server.listen(0, '127.0.0.1', () => console.log(`ready on http://127.0.0.1:${server.address().port}`))
