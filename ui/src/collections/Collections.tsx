import { Card, CardBody, CardTitle, Content, Title } from "@patternfly/react-core";
import { useCallback, useEffect, useState } from "react";
import type { Collection, Problem, Receipt } from "../api/contract";
import { Refused, type Host } from "../api/host";
import type { Offer } from "../identity/useSession";
import { ProblemAlert } from "../shell/ProblemAlert";
import { AddImages, type Added } from "./AddImages";
import { ChooseCollection } from "./ChooseCollection";
import { SearchPanel } from "./SearchPanel";

interface Props {
  host: Host;
  offer: Offer;
  onExpired: () => Promise<Host | undefined>;
}

/** Runs one request; nothing comes back where it was refused, which the page then shows. */
export type Attempt = <T>(work: (host: Host) => Promise<T>) => Promise<T | undefined>;

/** Collections of images: make one, fill it, search it, take something out again. */
export function Collections({ host, offer, onExpired }: Props) {
  const [collections, setCollections] = useState<Collection[]>([]);
  const [chosen, setChosen] = useState("");
  const [pictures, setPictures] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem>();
  const attempt = useAttempt(host, onExpired, setProblem);

  const reload = useCallback(async () => {
    const found = await attempt((asked) => asked.collections());
    if (found) {
      setCollections(found);
    }
  }, [attempt]);
  useEffect(() => {
    void reload();
  }, [reload]);

  const collection = collections.find((known) => known.id === chosen) ?? collections[0];
  const keep = (name: string, picture: string) => setPictures((had) => ({ ...had, [`${collection?.id}/${name}`]: picture }));

  return (
    <>
      <Title headingLevel="h1" className="cordon-title">
        Search a collection of images
      </Title>
      <Content component="p" className="cordon-lead">
        The host keeps a sealed vector of each image, never the image. Adding, searching and erasing are on record.
      </Content>
      {problem && <ProblemAlert problem={problem} />}
      <div className="cordon-columns">
        <Card component="section" aria-label="Collection">
          <CardTitle component="h2">Collection</CardTitle>
          <CardBody className="cordon-answer">
            <ChooseCollection
              offer={offer}
              collections={collections}
              chosen={collection}
              onChoose={setChosen}
              onCreate={async (name, purpose) => {
                const made = await attempt((asked) => asked.createCollection(name, purpose));
                if (made) {
                  setChosen(made.collection.id);
                  await reload();
                }
                return made?.receipt;
              }}
            />
            {collection && (
              <AddImages
                key={collection.id}
                onAdd={async (file, name) => {
                  const kept = await attempt((asked) => asked.keepItem(collection, name, file));
                  if (kept) {
                    keep(name, URL.createObjectURL(file));
                    await reload();
                  }
                  return kept && ({ name, receipt: kept.receipt } satisfies Added);
                }}
              />
            )}
          </CardBody>
        </Card>
        {collection && (
          <SearchPanel
            key={collection.id}
            host={host}
            attempt={attempt}
            collection={collection}
            pictureOf={(item) => pictures[`${collection.id}/${item}`]}
            onErase={async (item): Promise<Receipt | undefined> => {
              const erased = await attempt((asked) => asked.eraseItem(collection.id, item));
              await reload();
              return erased?.receipt;
            }}
          />
        )}
      </div>
    </>
  );
}

/** The demo identity's token lasts an hour; a new one is taken once. */
function useAttempt(
  host: Host,
  renew: () => Promise<Host | undefined>,
  onProblem: (problem: Problem | undefined) => void,
): Attempt {
  return useCallback(
    async (work) => {
      onProblem(undefined);
      try {
        return await work(host);
      } catch (e) {
        const renewed = e instanceof Refused && e.problem.status === 401 ? await renew() : undefined;
        if (!(e instanceof Refused) || renewed) {
          if (renewed) {
            return work(renewed);
          }
          throw e;
        }
        onProblem(e.problem);
        return undefined;
      }
    },
    [host, renew, onProblem],
  );
}
