package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The sentences of one language and its words for the things and scenes that captions know. */
record CaptionWords(
    Map<String, String> phrases, Map<String, String> objects, Map<String, String> scenes) {
  private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es");

  // Commas and full stops belong to the phrases; names of columns are those of LANGUAGES.
  private static final String PHRASES =
      """
      likely | A photo that likely shows {0} | Ein Foto, das wahrscheinlich Folgendes zeigt: {0} | Une photo qui montre probablement {0} | Una foto que probablemente muestra {0}
      unsure | A photo that perhaps shows {0} | Ein Foto, das vielleicht Folgendes zeigt: {0} | Une photo qui montre peut-être {0} | Una foto que quizá muestra {0}
      perhaps | , perhaps {0} | , vielleicht {0} | , peut-être {0} | , quizá {0}
      scene | , probably {0} | , vermutlich {0} | , sans doute {0} | , seguramente {0}
      dark | . It is dark | . Es ist dunkel | . Elle est sombre | . Es oscura
      bright | . It is very bright | . Es ist sehr hell | . Elle est très claire | . Es muy clara
      faint | . It has little contrast | . Es hat wenig Kontrast | . Elle est peu contrastée | . Tiene poco contraste
      and | and | und | et | y
      """;

  /** What the model is asked, in English, and the word in the case that the sentences want. */
  private static final String OBJECTS =
      """
      cup | a cup | eine Tasse | une tasse | una taza
      bottle | a bottle | eine Flasche | une bouteille | una botella
      plate of food | a plate of food | einen Teller mit Essen | une assiette de nourriture | un plato de comida
      pizza | a pizza | eine Pizza | une pizza | una pizza
      bread | bread | Brot | du pain | pan
      fruit | fruit | Obst | des fruits | fruta
      vegetables | vegetables | Gemüse | des légumes | verduras
      cake | a cake | einen Kuchen | un gâteau | un pastel
      chair | a chair | einen Stuhl | une chaise | una silla
      table | a table | einen Tisch | une table | una mesa
      sofa | a sofa | ein Sofa | un canapé | un sofá
      bed | a bed | ein Bett | un lit | una cama
      lamp | a lamp | eine Lampe | une lampe | una lámpara
      bookshelf | a bookshelf | ein Bücherregal | une bibliothèque | una estantería
      book | a book | ein Buch | un livre | un libro
      clock | a clock | eine Uhr | une horloge | un reloj
      laptop computer | a laptop | einen Laptop | un ordinateur portable | un ordenador portátil
      mobile phone | a mobile phone | ein Handy | un téléphone portable | un teléfono móvil
      television | a television | einen Fernseher | un téléviseur | un televisor
      camera | a camera | eine Kamera | un appareil photo | una cámara
      car | a car | ein Auto | une voiture | un coche
      bus | a bus | einen Bus | un autobus | un autobús
      truck | a truck | einen Lastwagen | un camion | un camión
      motorcycle | a motorcycle | ein Motorrad | une moto | una motocicleta
      bicycle | a bicycle | ein Fahrrad | un vélo | una bicicleta
      train | a train | einen Zug | un train | un tren
      airplane | an airplane | ein Flugzeug | un avion | un avión
      boat | a boat | ein Boot | un bateau | un barco
      cat | a cat | eine Katze | un chat | un gato
      dog | a dog | einen Hund | un chien | un perro
      horse | a horse | ein Pferd | un cheval | un caballo
      cow | a cow | eine Kuh | une vache | una vaca
      bird | a bird | einen Vogel | un oiseau | un pájaro
      fish | a fish | einen Fisch | un poisson | un pez
      elephant | an elephant | einen Elefanten | un éléphant | un elefante
      flower | a flower | eine Blume | une fleur | una flor
      tree | a tree | einen Baum | un arbre | un árbol
      potted plant | a potted plant | eine Topfpflanze | une plante en pot | una planta en maceta
      mountain | a mountain | einen Berg | une montagne | una montaña
      building | a building | ein Gebäude | un bâtiment | un edificio
      bridge | a bridge | eine Brücke | un pont | un puente
      tower | a tower | einen Turm | une tour | una torre
      traffic sign | a traffic sign | ein Verkehrszeichen | un panneau routier | una señal de tráfico
      umbrella | an umbrella | einen Regenschirm | un parapluie | un paraguas
      bag | a bag | eine Tasche | un sac | una bolsa
      box | a box | eine Kiste | une boîte | una caja
      tool | a tool | ein Werkzeug | un outil | una herramienta
      musical instrument | a musical instrument | ein Musikinstrument | un instrument de musique | un instrumento musical
      toy | a toy | ein Spielzeug | un jouet | un juguete
      ball | a ball | einen Ball | un ballon | una pelota
      rocket | a rocket | eine Rakete | une fusée | un cohete
      """;

  private static final String SCENES =
      """
      beach | at a beach | an einem Strand | sur une plage | en una playa
      street | in a street | auf einer Straße | dans une rue | en una calle
      forest | in a forest | in einem Wald | dans une forêt | en un bosque
      kitchen | in a kitchen | in einer Küche | dans une cuisine | en una cocina
      living room | in a living room | in einem Wohnzimmer | dans un salon | en una sala de estar
      office | in an office | in einem Büro | dans un bureau | en una oficina
      shop | in a shop | in einem Laden | dans un magasin | en una tienda
      warehouse | in a warehouse | in einem Lager | dans un entrepôt | en un almacén
      garden | in a garden | in einem Garten | dans un jardin | en un jardín
      classroom | in a classroom | in einem Klassenzimmer | dans une salle de classe | en un aula
      """;

  /** Words of a BCP 47 tag's primary language. */
  static CaptionWords in(String language) throws PluginException {
    int column = LANGUAGES.indexOf(primary(language));
    if (column < 0) {
      throw new PluginException(
          Kind.BAD_QUESTION, "captions are written in " + String.join(", ", LANGUAGES));
    }
    return new CaptionWords(read(PHRASES, column), read(OBJECTS, column), read(SCENES, column));
  }

  static String primary(String language) {
    return language.split("-", 2)[0].toLowerCase(Locale.ROOT);
  }

  /** The word for a thing; a label of the caller's own stays as it is. */
  String object(String label) {
    return objects.getOrDefault(label, label);
  }

  String scene(String label) {
    return scenes.get(label);
  }

  String phrase(String key) {
    return phrases.get(key);
  }

  private static Map<String, String> read(String table, int column) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String row : table.strip().split("\n")) {
      String[] cells = row.split(" \\| ");
      words.put(cells[0], cells[1 + column]);
    }
    return words;
  }
}
