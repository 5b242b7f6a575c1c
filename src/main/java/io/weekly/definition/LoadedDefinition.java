package io.weekly.definition;

/** What became of a folder of files: a report that can be made, or the reasons why not. */
public sealed interface LoadedDefinition permits Definition, BrokenDefinition {
    String name();
}
