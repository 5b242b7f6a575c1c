package io.weekly.definition;

/** The result of loading a folder: a definition, or the faults that prevent one. */
public sealed interface LoadedDefinition permits Definition, BrokenDefinition {
    /** The name of the folder. */
    String name();
}
