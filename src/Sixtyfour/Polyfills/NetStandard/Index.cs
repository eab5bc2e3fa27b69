#pragma warning disable IDE0130 // The namespace is the framework's.

namespace System;

/// <summary>What list patterns and <c>^1</c> are compiled to.</summary>
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;
}
