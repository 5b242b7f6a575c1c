package io.weekly.dev;

import java.time.ZoneId;
import java.util.List;

/** A made-up tenant. Its mail addresses use the top-level domain {@code test}, which nobody can own (RFC 2606). */
record DemoTenant(String slug, String name, ZoneId zone, String locale, String color, double revenueADay, List<String> products,
        List<Person> people) {

    record Person(String userId, String name, String mailbox, String locale, String tag) {
    }

    static final List<DemoTenant> ALL = List.of(
            new DemoTenant("acme", "Acme Outdoor Supply", ZoneId.of("America/New_York"), "en", "#1d4ed8", 18_400,
                    List.of("Tents", "Backpacks", "Sleeping bags", "Boots", "Jackets", "Stoves", "Lamps", "Maps", "Ropes", "Knives",
                            "Bottles", "Gift cards"),
                    List.of(new Person("u-17", "Ann Fletcher", "ann", "en", "management"),
                            new Person("u-18", "Miguel Ortega", "miguel", "en", "sales"),
                            new Person("u-19", "Νίκος Παπαδόπουλος", "nikos", "en", "sales"))),
            new DemoTenant("kaffeehaus", "Kaffeehaus Lindenhof", ZoneId.of("Europe/Vienna"), "de", "#92400e", 4_250,
                    List.of("Melange", "Espresso", "Verlängerter", "Tee", "Säfte", "Frühstück", "Apfelstrudel", "Sachertorte",
                            "Topfenstrudel", "Suppen", "Bohnen", "Gutscheine"),
                    List.of(new Person("u-31", "Johanna Größl", "johanna", "de", "management"),
                            new Person("u-32", "Олена Коваленко", "olena", "de", "floor"),
                            new Person("u-33", "Jürgen Weiß", "juergen", "de", "floor"),
                            new Person("u-34", "Maja Šimić", "maja", "en", "floor"))),
            new DemoTenant("boulangerie", "Boulangerie de l'Aubépine", ZoneId.of("Europe/Paris"), "fr", "#be185d", 2_900,
                    List.of("Baguettes", "Pain de campagne", "Pain complet", "Croissants", "Pains au chocolat", "Brioches", "Tartes",
                            "Éclairs", "Macarons", "Sandwichs", "Boissons", "Chèques-cadeaux"),
                    List.of(new Person("u-51", "Élodie Marchand", "elodie", "fr", "management"),
                            new Person("u-52", "Γιώργος Αντωνίου", "giorgos", "fr", "shop"),
                            new Person("u-53", "François Lefèvre", "francois", "fr", "shop"))));

    String email(Person person) {
        return person.mailbox() + "@" + slug + ".test";
    }

    /** The mail address of the owner of the tenant's schedule. */
    String owner() {
        return email(people.getFirst());
    }
}
