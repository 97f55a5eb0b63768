import type { Json } from "../proof/canonical";
import type {
  AnalysisAnswer,
  AnalysisRequest,
  Collection,
  CollectionAnswer,
  ErasureAnswer,
  Plugin,
  Problem,
  Purpose,
} from "./contract";

/** An answer that is none: what the host said went wrong, or that it could not be reached. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const UNREACHABLE: Problem = {
  type: "about:blank",
  title: "the host cannot be reached",
  status: 0,
  detail: "no answer came back",
  code: "UNREACHABLE",
};

/** The host that served this page, asked on behalf of whoever the token speaks of. */
export class Host {
  private readonly token: string | undefined;

  constructor(token?: string) {
    this.token = token;
  }

  async plugins(): Promise<Plugin[]> {
    return (await this.json<{ plugins: Plugin[] }>("/v1/plugins")).plugins;
  }

  async purposes(): Promise<Purpose[]> {
    return (await this.json<{ purposes: Purpose[] }>("/v1/purposes")).purposes;
  }

  analyse(image: File, request: AnalysisRequest): Promise<AnalysisAnswer> {
    return this.json("/v1/analyses", { method: "POST", body: formOf(image, request) });
  }

  async collections(): Promise<Collection[]> {
    return (await this.json<{ collections: Collection[] }>("/v1/collections")).collections;
  }

  createCollection(name: string, purpose: string): Promise<CollectionAnswer> {
    const request = name === "" ? { purpose } : { id: name, purpose };
    return this.json("/v1/collections", { method: "POST", headers: JSON_BODY, body: JSON.stringify(request) });
  }

  keepItem({ id, purpose }: Collection, item: string, image: File): Promise<AnalysisAnswer> {
    return this.json(pathOf(id, item), { method: "PUT", body: formOf(image, { purpose }) });
  }

  eraseItem(id: string, item: string): Promise<ErasureAnswer> {
    return this.json(pathOf(id, item), { method: "DELETE" });
  }

  searchByText({ id, purpose }: Collection, text: string): Promise<AnalysisAnswer> {
    const body = JSON.stringify({ purpose, text });
    return this.json(`/v1/collections/${id}/search`, { method: "POST", headers: JSON_BODY, body });
  }

  searchByImage({ id, purpose }: Collection, image: File): Promise<AnalysisAnswer> {
    return this.json(`/v1/collections/${id}/search`, { method: "POST", body: formOf(image, { purpose }) });
  }

  proof(index: number): Promise<string> {
    return this.text(`/v1/audit/proofs/${index}`);
  }

  vkey(): Promise<string> {
    return this.text("/log/vkey");
  }

  checkpoint(): Promise<string> {
    return this.text("/log/checkpoint");
  }

  /** The leaf, for those who may read it. */
  async leaf(index: number): Promise<Json | undefined> {
    try {
      const read = await this.json<{ entries: { index: number; leaf: Json }[] }>(
        `/v1/audit/entries?from=${index}&limit=1`,
      );
      return read.entries.find((entry) => entry.index === index)?.leaf;
    } catch (e) {
      if (e instanceof Refused && e.problem.status === 403) {
        return undefined;
      }
      throw e;
    }
  }

  /** The token of the demo identity; none where the host has another one. */
  async pageToken(): Promise<string | undefined> {
    try {
      const given = await this.json<{ token: string }>("/v1/page-token", {
        method: "POST",
        headers: { "Cordon-Page": "1" },
      });
      return given.token;
    } catch (e) {
      if (e instanceof Refused && e.problem.status === 404) {
        return undefined;
      }
      throw e;
    }
  }

  private async json<T>(path: string, init?: RequestInit): Promise<T> {
    return (await (await this.ask(path, init)).json()) as T;
  }

  private async text(path: string): Promise<string> {
    return (await this.ask(path)).text();
  }

  private async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.token) {
      headers.set("Authorization", `Bearer ${this.token}`);
    }
    let answer: Response;
    try {
      answer = await fetch(path, { ...init, headers, cache: "no-store", redirect: "error" });
    } catch {
      throw new Refused(UNREACHABLE);
    }
    if (!answer.ok) {
      throw new Refused(await problemOf(answer));
    }
    return answer;
  }
}

const JSON_BODY = { "Content-Type": "application/json" };

function pathOf(collection: string, item: string): string {
  return `/v1/collections/${collection}/items/${encodeURIComponent(item)}`;
}

function formOf(image: File, request: object): FormData {
  const form = new FormData();
  form.append("image", image, "image");
  form.append("request", new Blob([JSON.stringify(request)], { type: "application/json" }));
  return form;
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    return (await answer.json()) as Problem;
  } catch {
    return { ...UNREACHABLE, status: answer.status, detail: `the answer ${answer.status} has no body` };
  }
}
