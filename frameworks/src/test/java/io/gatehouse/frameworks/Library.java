package io.gatehouse.frameworks;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Entities for Hibernate, which makes subclasses of them. */
final class Library {
    private Library() {}

    enum Genre {
        FACTS,
        FICTION
    }

    @Entity(name = "Author")
    static class Author {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Integer id;

        @Version int version;

        @Column(length = 40, unique = true)
        String name;

        @OneToMany(mappedBy = "author", cascade = CascadeType.ALL, fetch = FetchType.LAZY)
        @OrderBy("number")
        List<Book> books = new ArrayList<>();

        Author() {}

        Author(String name) {
            this.name = name;
        }

        void add(Book book) {
            book.author = this;
            books.add(book);
        }
    }

    @Entity(name = "Book")
    static class Book {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long number;

        @Column(nullable = false)
        String title;

        @Column(precision = 10, scale = 2)
        BigDecimal price;

        @Enumerated(EnumType.STRING)
        Genre genre = Genre.FACTS;

        @Column(name = "tag")
        UUID key = new UUID(1, 2);

        LocalDate day = LocalDate.of(2024, 2, 29);
        Instant at = Instant.parse("2024-05-06T07:08:09.123456Z");
        boolean lent;

        @ManyToOne(fetch = FetchType.LAZY)
        Author author;

        Book() {}

        Book(String title, BigDecimal price) {
            this.title = title;
            this.price = price;
        }

        @Override
        public String toString() {
            return List.of(number, title, price, genre, key, day, at, lent).toString();
        }
    }

    @Entity(name = "Scan")
    static class Scan {
        @Id int id;

        @Lob String text;

        @Lob byte[] picture;

        Scan() {}

        Scan(int id, int size) {
            this.id = id;
            this.text = "ü1".repeat(size / 2);
            this.picture = new byte[size];
            this.picture[77] = 77;
        }
    }
}
