package dev.hemline.control.models;

import dev.hemline.event.ModelAlias;
import dev.hemline.service.UserError;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Everything topic {@code models} holds of one model.
 *
 * @param versions by number
 * @param pin what pins a version, if anything does
 * @param highest largest number that was ever given, retired ones included
 */
record ModelVersions(String name, NavigableMap<Integer, ModelVersion> versions, Optional<ModelAlias> pin, int highest) {

    /** @throws UserError saying which versions there are */
    ModelVersion require(int version) {
        ModelVersion found = versions.get(version);
        if (found == null) {
            throw new UserError("There is no v" + version + " of " + name + "; there "
                    + (versions.isEmpty() ? "is no version at all" : "are " + numbers())
                    + (version <= highest && version > 0 ? ", and v" + version + " was retired" : ""));
        }
        return found;
    }

    /**
     * What classifiers are to serve: the pinned version if it is there, else the newest.
     *
     * @throws UserError if every version is retired
     */
    ModelVersion serving() {
        ModelVersion pinned = pin.map(alias -> versions.get(alias.getVersion())).orElse(null);
        if (pinned != null) {
            return pinned;
        }
        if (versions.isEmpty()) {
            throw new UserError("Every version of " + name + " was retired; there is none to use");
        }
        return versions.lastEntry().getValue();
    }

    boolean isPinned(int version) {
        return pin.filter(alias -> alias.getVersion() == version).isPresent();
    }

    List<ModelVersion> newestFirst() {
        return List.copyOf(versions.descendingMap().values());
    }

    private String numbers() {
        return String.join(
                ", ", versions.keySet().stream().map(number -> "v" + number).toList());
    }
}
