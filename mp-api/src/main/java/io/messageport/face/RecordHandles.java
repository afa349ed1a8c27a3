package io.messageport.face;

import static java.lang.invoke.MethodType.genericMethodType;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;

/**
 * A record class taken apart and put together by two method handles: no reflection and no intermediate array per call.
 */
final class RecordHandles {
    private final Class<?> type;
    /** {@code (Object record) -> Object[]}: the tag, then the components. */
    private final MethodHandle explode;
    /** {@code (Object[] components) -> Object}. */
    private final MethodHandle construct;

    private RecordHandles(Class<?> type, MethodHandle explode, MethodHandle construct) {
        this.type = type;
        this.explode = explode;
        this.construct = construct;
    }

    /**
     * Derives the handles.
     *
     * @throws IllegalArgumentException when the record's module keeps it closed
     */
    static RecordHandles of(Class<?> type, String tag) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            MethodHandle[] getters = new MethodHandle[components.length];
            for (int i = 0; i < getters.length; i++) {
                Method accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                getters[i] = MethodHandles.lookup().unreflect(accessor).asType(genericMethodType(1));
            }
            return new RecordHandles(type, exploder(tag, getters), constructor(constructor));
        } catch (NoSuchMethodException | IllegalAccessException | InaccessibleObjectException e) {
            throw new IllegalArgumentException("cannot access the record " + type.getName() + ": write \"opens "
                    + type.getPackageName() + ";\" in the module-info of " + type.getModule()
                    + ", or make the record public in an exported package", e);
        }
    }

    private static MethodHandle exploder(String tag, MethodHandle[] getters) {
        MethodHandle collect =
                MethodHandles.identity(Object[].class).asCollector(Object[].class, getters.length + 1);
        MethodHandle tagged = MethodHandles.insertArguments(collect, 0, tag);
        if (getters.length == 0) {
            return MethodHandles.dropArguments(tagged, 0, Object.class);
        }
        MethodHandle filtered = MethodHandles.filterArguments(tagged, 0, getters);
        return MethodHandles.permuteArguments(
                filtered, methodType(Object[].class, Object.class), new int[getters.length]);
    }

    /** By way of the wrapper types, so that unboxing is one checked cast instead of a search for a widening. */
    private static MethodHandle constructor(Constructor<?> constructor) throws IllegalAccessException {
        MethodHandle typed = MethodHandles.lookup().unreflectConstructor(constructor);
        MethodType boxed = typed.type().wrap();
        return typed.asType(boxed)
                .asType(genericMethodType(boxed.parameterCount()))
                .asSpreader(Object[].class, boxed.parameterCount());
    }

    Class<?> type() {
        return type;
    }

    /** A new array of the tag and the components, as the accessors give them. */
    Object[] explode(Object record) {
        try {
            return (Object[]) explode.invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e, "an accessor of " + type.getName() + " failed");
        }
    }

    /** A record of these components, each of its declared type. */
    Object construct(Object[] components) {
        try {
            return (Object) construct.invokeExact(components);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e, "the constructor of " + type.getName() + " failed");
        }
    }
}
