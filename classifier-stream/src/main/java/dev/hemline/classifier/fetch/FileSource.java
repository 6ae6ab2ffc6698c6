package dev.hemline.classifier.fetch;

import dev.hemline.classifier.fetch.FetchList.Place;
import dev.hemline.classifier.fetch.Reservation.NoRoomException;
import dev.hemline.topic.NotFetchedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Files under folders that are listed. A link that leads out of its folder is not followed; but who may write to the folder and
 * swaps one at the right moment is not kept from it.
 */
final class FileSource implements Source {
    @Override
    public byte[] get(Place place, Reservation room) throws IOException, InterruptedException, NoRoomException {
        Path folder = Path.of(URI.create("file://" + place.prefix().path()));
        if (!Files.isDirectory(folder)) {
            throw new FileNotFoundException("there is no folder " + folder + " now");
        }
        Path realFolder = folder.toRealPath();
        String address = place.uri().toString();
        try {
            Path file = real(place);
            if (!file.startsWith(realFolder)) {
                throw FetchList.refused(
                        address, "it is a link that leads out of " + folder + "; put the picture itself there");
            }
            // Reading from a pipe or a device may never end.
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw FetchList.refused(address, "it is no file; name the picture's own");
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return Source.readAll(in, Files.size(file), place, room);
            }
        } catch (NoSuchFileException e) {
            throw noSuchFile(address);
        } catch (AccessDeniedException e) {
            throw FetchList.refused(address, "the classifier's user may not read it");
        }
    }

    /** Below a file, behind links in a circle, of too long a name: its folder can be told, so it is the address that is wrong. */
    private static Path real(Place place) throws IOException {
        try {
            return Path.of(place.uri()).toRealPath();
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            throw noSuchFile(place.uri().toString());
        }
    }

    private static NotFetchedException noSuchFile(String address) {
        return FetchList.refused(address, "there is no such file; put it there before the event is sent");
    }
}
