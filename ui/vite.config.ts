import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Everything the page needs is in its own files: the host's content policy lets nothing else in.
export default defineConfig({
  plugins: [react()],
  server: { proxy: { "^/(v1|log|q)/": "http://127.0.0.1:8080" } },
  build: {
    outDir: "target/site",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
  },
  test: {
    environment: "node",
    include: ["src/**/*.test.ts"],
    reporters: ["default", ["junit", { suiteName: "page" }]],
    outputFile: { junit: "../platform-core/target/surefire-reports/TEST-page.xml" },
  },
});
